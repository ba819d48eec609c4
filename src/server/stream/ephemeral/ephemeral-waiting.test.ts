import { expect, it } from "vitest";
import { createEphemeralWaiting } from "./ephemeral-waiting.ts";

it("keeps the newest word about each room and person", () => {
	const waiting = createEphemeralWaiting(() => undefined);
	for (const userIds of [["@ada"], ["@ada", "@bo"], []]) waiting.setTyping("!a", userIds);
	waiting.setPresence({ userId: "@ada", isOnline: true });
	waiting.setPresence({ userId: "@ada", isOnline: false });
	expect(waiting.take()).toEqual({
		kind: "ephemeral",
		typing: [{ roomId: "!a", userIds: [] }],
		presence: [{ userId: "@ada", isOnline: false }],
		isPartial: false,
	});
	expect(waiting.take()).toBeUndefined();
});

it("is bounded, counts what it lets go of, and says so once", () => {
	let dropped = 0;
	const waiting = createEphemeralWaiting((count) => {
		dropped += count;
	});
	for (let room = 0; room < 2_500; room += 1) waiting.setTyping(`!${room}`, ["@ada"]);
	const taken = waiting.take();
	expect(taken?.isPartial).toBe(true);
	expect(dropped + (taken?.typing.length ?? 0)).toBe(2_500);
	expect(taken?.typing.length).toBeLessThanOrEqual(2_000);
	waiting.setTyping("!a", []);
	expect(waiting.take()?.isPartial).toBe(false);
});
