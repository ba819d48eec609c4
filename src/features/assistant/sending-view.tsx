import { useState } from "react";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { ConsentLine } from "./consent-snapshot.ts";

export interface SendingProps {
	/** Whose lines they are. */
	readonly label: string;
	readonly lines: readonly ConsentLine[];
	/** So many stand there before more is asked for. */
	readonly first: number;
}

/** Some of what is sent, each in a line; asked for more, all of it in full. */
export function SendingView({ label, lines, first }: SendingProps) {
	// A text of one's own is what it is about.
	const [isWhole, setWhole] = useState(lines.length === 1);
	const shown = isWhole ? lines : lines.slice(0, first);
	return (
		<section className="sending" data-whole={isWhole} aria-label={label}>
			<h3>{label}</h3>
			<ul tabIndex={isWhole ? 0 : undefined} aria-label={label}>
				{shown.map(({ key, time, name, words }) => (
					<li key={key}>
						{name !== "" && <time>{time}</time>}
						{name !== "" && <b>{name}</b>}
						<span dir="auto">{words}</span>
					</li>
				))}
			</ul>
			{!isWhole && (
				<button type="button" className="text-button" onClick={() => setWhole(true)}>
					{text("consent.all", { count: lines.length })}
				</button>
			)}
		</section>
	);
}
