import { useEffect, useState } from "react";
import { ownLanguage } from "../../../client/assistant/own-language.ts";
import { useObservable } from "../../../client/hooks/use-observable.ts";
import { type ReminderWish, reminderWish } from "../../../client/reminders/reminder-wishes.ts";
import {
	dueAt,
	finishReminder,
	putOffReminder,
	reminders,
	setReminder,
	whenRemindersKept,
} from "../../../client/reminders/reminders.ts";
import { eventAddress, roomAddress } from "../../../client/rooms/addresses.ts";
import { type FoundMoment, findMoment } from "../../../shared/reminders/find-moment.ts";
import "../../../shared/text/en/reminders.ts";
import { text } from "../../../shared/text/text.ts";
import type { ReminderBarProps } from "./reminder-bar-view.tsx";

const hourMs = 3_600_000;
/** A timer that ran for hours would be late on a device that slept meanwhile. */
const lookMs = 5_000;

/** What is due now; undefined: nothing is. */
export function useDueReminder(): ReminderBarProps | undefined {
	const all = useObservable(reminders, (one) => one);
	const [now, setNow] = useState(() => Date.now());
	const { due, nextAt } = dueAt(all, now);
	useEffect(() => {
		if (nextAt === undefined) return;
		const look = (): void => {
			if (Date.now() >= nextAt) setNow(Date.now());
		};
		const timer = setInterval(look, lookMs);
		return () => clearInterval(timer);
	}, [nextAt]);
	if (due === undefined) return undefined;
	const { id, roomId, eventId, words } = due;
	return {
		words,
		href: eventId === undefined ? roomAddress(roomId) : eventAddress(roomId, eventId),
		onLater: () => putOffReminder(id, Date.now() + hourMs),
		onDone: () => finishReminder(id),
	};
}

const ids = new WeakMap<ReminderWish, string>();

/** Of the reminder that a wish becomes, however often it is said. */
function idFor(wish: ReminderWish): string {
	const id = wish.id ?? ids.get(wish) ?? crypto.randomUUID();
	ids.set(wish, id);
	return id;
}

/** What is asked before a reminder is set; undefined: nobody wants one. */
export function useReminderDialog() {
	const wish = useObservable(reminderWish, (one) => one);
	if (wish === undefined) return undefined;
	const close = (): void => reminderWish.set(() => undefined);
	const { at, lead } = proposalFor(wish, Date.now());
	return {
		/** Another one for each wish. */
		key: idFor(wish),
		props: {
			title: text(wish.id === undefined ? "remind.title" : "remind.changeTitle"),
			...{ lead, at, words: wish.words },
			onSet: (words: string, chosen: number) => {
				const { roomId, eventId } = wish;
				setReminder({
					id: idFor(wish),
					roomId,
					...(eventId !== undefined && { eventId }),
					words,
					at: chosen,
					isDone: false,
				});
				// A page that is left at once must not have promised more than is kept.
				void whenRemindersKept().then(close);
			},
			onClose: close,
		},
	};
}

/** The moment that is proposed, and where it comes from. */
function proposalFor(
	{ at, sources }: ReminderWish,
	now: number,
): { readonly at: number; readonly lead: string | undefined } {
	if (at !== undefined) return { at: Math.max(at, now), lead: undefined };
	const found = firstMoment(sources, now);
	if (found === undefined) return { at: tomorrowMorning(now), lead: text("remind.proposed") };
	return { at: found.at, lead: text(found.hasHour ? "remind.found" : "remind.foundDay") };
}

function firstMoment(sources: ReminderWish["sources"], now: number): FoundMoment | undefined {
	const language = ownLanguage();
	for (const { words, writtenAt } of sources) {
		const found = findMoment(words, { writtenAt, now, language });
		if (found !== undefined) return found;
	}
	return undefined;
}

function tomorrowMorning(now: number): number {
	const date = new Date(now);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, 9).getTime();
}
