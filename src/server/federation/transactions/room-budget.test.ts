import { expect, it } from "vitest";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { createRoomBudget } from "./room-budget.ts";

it("gives each room so much work an hour", () => {
	const clock = { time: 0, now: () => clock.time };
	const budget = createRoomBudget(2, clock);
	const [one, other] = ["!one" as RoomId, "!other" as RoomId];
	expect([budget.take(one), budget.take(one), budget.take(one), budget.take(other)]).toEqual([true, true, false, true]);
	clock.time = 3_600_000;
	expect(budget.take(one)).toBe(true);
});
