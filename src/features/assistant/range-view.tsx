import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { text } from "../../shared/text/text.ts";

export type RangeChoice = "unread" | "day" | "week" | "hundred";

export interface RangeProps {
	/** True: nothing was summed up yet. */
	readonly isFirst: boolean;
	readonly ranges: readonly RangeChoice[];
	readonly range: RangeChoice;
	readonly isGathering: boolean;
	readonly problem: string | undefined;
	/** False: messages are sent without a question here. */
	readonly isAsked: boolean;
	readonly onRange: (range: RangeChoice) => void;
	readonly onSum: () => void;
	readonly onAskAgain: () => void;
}

/** Which messages are summed up. */
export function RangeView(props: RangeProps) {
	return (
		<section className="assist-start" aria-label={text("assistant.range")}>
			{props.isFirst && <p className="assist-lead">{text("assistant.lead")}</p>}
			<fieldset className="assist-ranges" aria-label={text("assistant.range")}>
				{props.ranges.map((range) => (
					<button
						key={range}
						type="button"
						className="filter"
						aria-pressed={range === props.range}
						onClick={() => props.onRange(range)}
					>
						{text(`range.${range}`)}
					</button>
				))}
			</fieldset>
			<FormError message={props.problem} />
			<Button isWide isBusy={props.isGathering} look={props.isFirst ? "primary" : "second"} onClick={props.onSum}>
				{text(props.isFirst ? "assistant.sum" : "assistant.again")}
			</Button>
			{!props.isAsked && (
				<p className="answer-note">
					{text("consent.unasked")}{" "}
					<button type="button" className="text-button" onClick={props.onAskAgain}>
						{text("consent.askAgain")}
					</button>
				</p>
			)}
		</section>
	);
}
