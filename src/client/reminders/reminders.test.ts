import { afterEach, describe, expect, it } from "vitest";
import {
	deleteReminder,
	dueAt,
	finishReminder,
	putOffReminder,
	type Reminder,
	reminders,
	setReminder,
} from "./reminders.ts";

const of = (id: string, at: number): Reminder => ({ id, roomId: "!r:a", words: id, at, isDone: false });
const ids = (): readonly string[] => reminders.get().map(({ id }) => id);

afterEach(() => reminders.set(() => []));

describe("reminders", () => {
	it("stand in their order, whatever is changed", () => {
		for (const [id, at] of [
			["late", 30],
			["soon", 10],
			["then", 20],
		] as const) {
			setReminder(of(id, at));
		}
		expect(ids()).toEqual(["soon", "then", "late"]);
		putOffReminder("soon", 25);
		expect(ids()).toEqual(["then", "soon", "late"]);
		setReminder(of("late", 5));
		expect(ids()).toEqual(["late", "then", "soon"]);
		deleteReminder("then");
		expect(ids()).toEqual(["late", "soon"]);
	});

	it("are due one after the other, and not once they are done", () => {
		for (const [id, at] of [
			["one", 10],
			["two", 20],
			["three", 30],
		] as const) {
			setReminder(of(id, at));
		}
		expect(dueAt(reminders.get(), 5)).toEqual({ nextAt: 10 });
		expect(dueAt(reminders.get(), 20)).toEqual({ due: of("one", 10), nextAt: 30 });
		finishReminder("one");
		expect(dueAt(reminders.get(), 20).due?.id).toBe("two");
		finishReminder("two");
		finishReminder("three");
		expect(dueAt(reminders.get(), 99)).toEqual({});
	});

	it("are five hundred at most, of which those go that are done", () => {
		for (let at = 0; at < 500; at += 1) setReminder(of(`r${at}`, at));
		finishReminder("r7");
		finishReminder("r3");
		setReminder(of("new", 1000));
		expect(ids()).toHaveLength(500);
		expect(ids()).not.toContain("r3");
		expect(ids()).toContain("r7");
	});
});
