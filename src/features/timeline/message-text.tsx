import { parseText, type TextPart } from "./parse-text.ts";
import type { MentionSnapshot } from "./timeline-snapshot.ts";

export interface MessageTextProps {
	readonly body: string;
	readonly mentions: readonly MentionSnapshot[];
	/** Of its links. */
	readonly tabIndex: number;
}

/** A text with its addresses as links and its mentions marked. */
export function MessageText({ body, mentions, tabIndex }: MessageTextProps) {
	return parseText(body, mentions).map((part) => <Part key={part.at} part={part} tabIndex={tabIndex} />);
}

function Part({ part, tabIndex }: { readonly part: TextPart } & Pick<MessageTextProps, "tabIndex">) {
	switch (part.kind) {
		case "text":
			return part.text;
		case "link":
			return (
				<a href={part.href} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
					{part.text}
				</a>
			);
		case "mention":
			return <span className={part.isOwn ? "mention is-own" : "mention"}>{part.text}</span>;
	}
}
