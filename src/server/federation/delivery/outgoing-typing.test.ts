import { expect, it } from "vitest";
import { createOutgoingTyping } from "./outgoing-typing.ts";

const change = { roomNid: 1, roomId: "!room", userId: "@ann:one.example" };

const watched = () => {
	const clock = { time: 0, now: () => clock.time };
	const told: boolean[] = [];
	const typing = createOutgoingTyping({ clock, tell: (_, { isTyping }) => told.push(isTyping) });
	return { clock, told, typing };
};

it("tells when somebody begins to write, again while they go on, and when they end", () => {
	const { clock, told, typing } = watched();
	for (let at = 0; at < 10; at += 1) {
		clock.time = at * 4_000;
		typing.heard([{ ...change, isTyping: true }]);
	}
	expect(told).toEqual([true, true]);
	typing.heard([{ ...change, isTyping: false }]);
	typing.heard([{ ...change, isTyping: false }]);
	expect(told).toEqual([true, true, false]);
});

it("tells the end of those who are not heard of any more, and nothing of people of other servers", () => {
	const { clock, told, typing } = watched();
	typing.heard([
		{ ...change, isTyping: true },
		{ ...change, userId: "@bo:two.example", isTyping: true, isRemote: true },
	]);
	clock.time = 10_000;
	typing.sweep();
	expect(told).toEqual([true]);
	clock.time = 20_000;
	typing.sweep();
	typing.sweep();
	expect(told).toEqual([true, false]);
});
