import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";

export interface DateDialogProps {
	/** A moment of the day to begin with. */
	readonly ts: number;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** The beginning of the day. */
	readonly onFind: (ts: number) => void;
	readonly onClose: () => void;
}

/** Asks for a day, in the platform's own calendar. */
export function DateDialogView({ ts, isBusy, error, onFind, onClose }: DateDialogProps) {
	const [day, setDay] = useState(dayOf(ts));
	const [today] = useState(() => dayOf(Date.now()));
	return (
		<FormDialog
			title={text("chat.pickDate")}
			lead={text("chat.pickDateLead")}
			action={text("chat.pickDateGo")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => {
				const start = new Date(`${day}T00:00`).getTime();
				if (start >= 0) onFind(start);
			}}
			onClose={onClose}
		>
			<TextField
				label={text("chat.pickDateDay")}
				type="date"
				required
				min="1970-01-02"
				max={today}
				value={day}
				onChange={(event) => setDay(event.target.value)}
			/>
		</FormDialog>
	);
}

/** A day where the reader is, as the field writes it. */
function dayOf(ts: number): string {
	const date = new Date(ts);
	const two = (value: number): string => String(value).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
