import { Fragment } from "react";
import "../../shared/text/en/cited.ts";
import { text } from "../../shared/text/text.ts";
import { MessageText, type MessageTextProps } from "./message-text.tsx";
import { type Cite, readCites } from "./read-cites.ts";

interface CitedTextProps extends MessageTextProps {
	/** What its lines rest on, as that was written. */
	readonly cites: unknown;
	readonly onShow: (eventId: string) => void;
}

/** A text of the assistant's: behind each line the messages of this chat that it rests on, to be gone to. */
export function CitedTextView({ body, cites, ...of }: CitedTextProps) {
	const byLine = readCites(cites);
	let start = 0;
	return body.split("\n").map((line, index) => {
		const at = start;
		start += line.length + 1;
		return (
			<Fragment key={at}>
				{index > 0 && "\n"}
				<MessageText {...of} body={line} />
				<Chips {...of} cites={byLine.get(index) ?? []} />
			</Fragment>
		);
	});
}

interface ChipsProps extends Pick<CitedTextProps, "onShow" | "tabIndex"> {
	readonly cites: readonly Cite[];
}

function Chips({ cites, tabIndex, onShow }: ChipsProps) {
	return cites.map(({ eventId, number }) => {
		const label = text("cited.message", { number });
		return (
			<Fragment key={eventId}>
				{"\u00a0"}
				<button
					type="button"
					className="cite"
					tabIndex={tabIndex}
					aria-label={label}
					title={label}
					onClick={() => onShow(eventId)}
				>
					{number}
				</button>
			</Fragment>
		);
	});
}
