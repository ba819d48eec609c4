import { expect, it } from "vitest";
import { createTestTimeline } from "../../../tests/setup/test-timeline.ts";
import { openPrivacy } from "../../shared/wire/privacy-choices.ts";
import { readRoomDetails } from "./read-room-details.ts";

it("tells the invited neither who has read what nor how far others have come", async () => {
	await using kith = await createTestTimeline();
	const [alice, bob, carol] = [
		await kith.addPerson("alice"),
		await kith.addPerson("bob"),
		await kith.addPerson("carol"),
	];
	const roomId = await kith.makeRoom([alice, bob]);
	const [eventId] = await kith.say(alice, roomId, "hello");
	await kith.messages.markRead({ userId: bob, roomId, eventId: eventId as never, kind: "public" });
	await kith.rooms.invite({ userId: alice, roomId, targetId: carol });
	let privacy = openPrivacy;
	const detailsFor = (userId: typeof alice) =>
		readRoomDetails({ ...kith, upgradeVersion: "12", privacyOf: async () => privacy }, userId, roomId);
	expect((await detailsFor(alice)).progress.reads.map(({ userId }) => userId)).toEqual([bob]);
	expect((await detailsFor(carol)).progress).toEqual({ reads: [] });
	privacy = { ...openPrivacy, readReceipts: false };
	expect((await detailsFor(alice)).progress.reads).toEqual([]);
});
