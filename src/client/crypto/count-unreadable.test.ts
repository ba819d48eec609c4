import { expect, it } from "vitest";
import { createUnreadableCounter, type UnreadableTally } from "./count-unreadable.ts";

function openCounter() {
	let time = 0;
	const noted = new Set<string>();
	const reports: (readonly UnreadableTally[])[] = [];
	const counter = () =>
		createUnreadableCounter({
			counted: async (eventIds) => new Set(eventIds.filter((eventId) => noted.has(eventId))),
			note: async (eventIds) => {
				for (const eventId of eventIds) noted.add(eventId);
			},
			report: async (tallies) => reports.push(tallies),
			now: () => time,
		});
	const pass = (ms: number): void => {
		time += ms;
	};
	return { counter, reports, pass };
}

const lost = (eventId: string, reason = "no-key") => ({ eventId, reason });

it("counts what stays unreadable for a minute, by reason, and nothing that repairs itself before", async () => {
	const { counter, reports, pass } = openCounter();
	const { look } = counter();
	await look([lost("$a"), lost("$b"), lost("$c", "damaged")]);
	pass(59_000);
	await look([lost("$a"), lost("$b"), lost("$c", "damaged")]);
	expect(reports).toEqual([]);
	pass(1_000);
	await look([lost("$a"), lost("$c", "damaged"), lost("$late")]);
	expect(reports).toEqual([
		[
			{ reason: "no-key", count: 1 },
			{ reason: "damaged", count: 1 },
		],
	]);
});

it("counts a message once, also after a reload, and none for want of an engine", async () => {
	const { counter, reports, pass } = openCounter();
	const first = counter();
	const unread = [lost("$a"), lost("$b", "starting"), lost("$c", "no-engine")];
	await first.look(unread);
	pass(60_000);
	await first.look(unread);
	await first.look(unread);
	const afterReload = counter();
	await afterReload.look(unread);
	pass(60_000);
	await afterReload.look(unread);
	expect(reports).toEqual([[{ reason: "no-key", count: 1 }]]);
});

it("waits anew for what was readable in between", async () => {
	const { counter, reports, pass } = openCounter();
	const { look } = counter();
	await look([lost("$a")]);
	pass(40_000);
	await look([]);
	await look([lost("$a")]);
	pass(40_000);
	await look([lost("$a")]);
	expect(reports).toEqual([]);
});
