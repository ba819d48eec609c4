import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { reminderWish } from "../../client/reminders/reminder-wishes.ts";
import { deleteReminder, finishReminder, type Reminder, reminders } from "../../client/reminders/reminders.ts";
import { eventAddress, roomAddress } from "../../client/rooms/addresses.ts";
import type { ClientState } from "../../client/store/client-state.ts";
import { clockTime, dayLabel } from "../../shared/text/dates.ts";
import { roomName } from "../../shared/text/names.ts";
import type { ReminderSnapshot, RemindersProps } from "./reminders-view.tsx";

/** The reminders of this device. */
export function useReminders(): RemindersProps {
	const all = useObservable(reminders, (one) => one);
	const rooms = useClientState((state) => state.rooms);
	const now = useNow();
	const shown = (one: Reminder): ReminderSnapshot => snapshotOf(one, rooms, now);
	const done = all.filter(({ isDone }) => isDone);
	return {
		coming: all.filter(({ isDone }) => !isDone).map(shown),
		done: done.toReversed().map(shown),
		onEdit: (id) => {
			const one = all.find((reminder) => reminder.id === id);
			if (one !== undefined) reminderWish.set(() => ({ ...one, sources: [] }));
		},
		onFinish: finishReminder,
		onDelete: deleteReminder,
		onDeleteDone: () => {
			for (const { id } of done) deleteReminder(id);
		},
	};
}

function snapshotOf(one: Reminder, rooms: ClientState["rooms"], now: number): ReminderSnapshot {
	const { id, roomId, eventId, words, at } = one;
	const summary = rooms.get(roomId)?.summary;
	const when = `${dayLabel(at, now)} ${clockTime(at)}`;
	return {
		...{ id, words },
		href: eventId === undefined ? roomAddress(roomId) : eventAddress(roomId, eventId),
		detail: summary === undefined ? when : `${when} · ${roomName(summary)}`,
	};
}
