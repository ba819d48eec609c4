import { useState } from "react";
import { FormDialog } from "../../../components/form-dialog.tsx";
import { TextArea } from "../../../components/text-area.tsx";
import { TextField } from "../../../components/text-field.tsx";
import "../../../shared/text/en/reminders.ts";
import { text } from "../../../shared/text/text.ts";

export interface ReminderDialogProps {
	readonly title: string;
	/** Where the moment comes from. */
	readonly lead: string | undefined;
	readonly words: string;
	/** Milliseconds since the Unix epoch: what stands there at first. */
	readonly at: number;
	readonly onSet: (words: string, at: number) => void;
	readonly onClose: () => void;
}

const longest = 300;

/** Asks what somebody is to be reminded of, and when: nothing is set before they say so. */
export function ReminderDialogView({ title, lead, words, at, onSet, onClose }: ReminderDialogProps) {
	const [written, setWritten] = useState(words.slice(0, longest));
	const [day, setDay] = useState(() => dayOf(at));
	const [time, setTime] = useState(() => timeOf(at));
	const [problem, setProblem] = useState<string | undefined>();
	const submit = (): void => {
		const chosen = new Date(`${day}T${time}`).getTime();
		const what = written.trim();
		if (what === "" || Number.isNaN(chosen)) setProblem(text("remind.missing"));
		else if (chosen <= Date.now()) setProblem(text("remind.over"));
		else onSet(what, chosen);
	};
	return (
		<FormDialog
			title={title}
			lead={lead}
			action={text("remind.set")}
			isBusy={false}
			error={problem}
			onSubmit={submit}
			onClose={onClose}
		>
			<TextArea
				label={text("remind.what")}
				maxLength={longest}
				value={written}
				onChange={(event) => setWritten(event.target.value)}
			/>
			<div className="reminder-moment">
				<TextField
					label={text("remind.date")}
					type="date"
					value={day}
					onChange={(event) => setDay(event.target.value)}
				/>
				<TextField
					label={text("remind.time")}
					type="time"
					value={time}
					onChange={(event) => setTime(event.target.value)}
				/>
			</div>
			<p className="consent-note">{text("reminders.hint")}</p>
		</FormDialog>
	);
}

const two = (value: number): string => String(value).padStart(2, "0");

/** A day where the reader is, as the field writes it. */
function dayOf(ts: number): string {
	const date = new Date(ts);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function timeOf(ts: number): string {
	const date = new Date(ts);
	return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
