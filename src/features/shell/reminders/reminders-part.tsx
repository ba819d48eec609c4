import { ReminderBarView } from "./reminder-bar-view.tsx";
import { ReminderDialogView } from "./reminder-dialog-view.tsx";
import { useDueReminder, useReminderDialog } from "./reminders-view-model.ts";

/** What is due, and what is asked before something is set: over every page. */
export function RemindersPart() {
	const due = useDueReminder();
	const dialog = useReminderDialog();
	return (
		<>
			{due !== undefined && <ReminderBarView {...due} />}
			{dialog !== undefined && <ReminderDialogView key={dialog.key} {...dialog.props} />}
		</>
	);
}
