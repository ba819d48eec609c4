import { CheckboxField } from "../../components/checkbox-field.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { DigestChoice, MemberChoices } from "./info-actions.ts";

interface AssistantMemberProps {
	readonly choices: MemberChoices;
	readonly onChoose: (choices: MemberChoices) => void;
}

type Every = DigestChoice["every"] | "never";

/** When somebody chooses one for the first time: a Monday evening. */
const usual = { hour: 18, weekday: 1 };

/** What the assistant does by itself as a member of a chat. */
export function AssistantMemberView({ choices, onChoose }: AssistantMemberProps) {
	const { digest } = choices;
	const setDigest = (every: Every, more: Partial<DigestChoice> = {}) =>
		onChoose({ ...choices, digest: every === "never" ? undefined : { ...usual, ...digest, ...more, every } });
	return (
		<div className="dialog-part">
			<SelectField<Every>
				label={text("allowed.digest")}
				hint={text("allowed.digestHint")}
				value={digest?.every ?? "never"}
				options={[
					{ value: "never", label: text("allowed.digestNever") },
					{ value: "day", label: text("allowed.digestDay") },
					{ value: "week", label: text("allowed.digestWeek") },
				]}
				onChoose={(every) => setDigest(every)}
			/>
			{digest?.every === "week" && (
				<SelectField
					label={text("allowed.weekday")}
					value={String(digest.weekday)}
					options={weekdays}
					onChoose={(weekday) => setDigest("week", { weekday: Number(weekday) })}
				/>
			)}
			{digest !== undefined && (
				<SelectField
					label={text("allowed.hour")}
					value={String(digest.hour)}
					options={hours}
					onChoose={(hour) => setDigest(digest.every, { hour: Number(hour) })}
				/>
			)}
			<CheckboxField
				label={text("allowed.greet")}
				hint={text("allowed.greetHint")}
				isChecked={choices.isGreeting}
				onCheck={(isGreeting) => onChoose({ ...choices, isGreeting })}
			/>
		</div>
	);
}

/** A week that began with a Sunday, and a day in it. */
const sunday = Date.UTC(2026, 0, 4);
const inUtc = { timeZone: "UTC" } as const;
const dayFormat = new Intl.DateTimeFormat("en", { weekday: "long", ...inUtc });
const hourFormat = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit", hourCycle: "h23", ...inUtc });

const weekdays = Array.from({ length: 7 }, (_, day) => ({
	value: String(day),
	label: dayFormat.format(sunday + day * 86_400_000),
}));

const hours = Array.from({ length: 24 }, (_, hour) => ({
	value: String(hour),
	label: hourFormat.format(sunday + hour * 3_600_000),
}));
