import { describe, expect, it } from "vitest";
import type { EventId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { encryptedContent } from "../../../tests/setup/encrypted-content.ts";
import { createTestTimeline } from "../../../tests/setup/test-timeline.ts";
import type { WireEncryptedContent } from "../../shared/wire/encrypted-content.ts";

/** Alice, who made the room, and bob, in a room that is encrypted from its beginning. */
const openRoom = async ({ isEncrypted = true } = {}) => {
	const kith = await createTestTimeline();
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const begun = { creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] } as const;
	const roomId = await kith.rooms.create({ ...begun, encryption: isEncrypted });
	await kith.rooms.join({ userId: bob, room: roomId });
	const write = (userId: UserId) => ({ userId, roomId, transactionId: kith.transactionId() });
	const send = (userId: UserId, ciphertext: string, relation?: WireEncryptedContent["m.relates_to"]) =>
		kith.messages.sendEncrypted({
			...write(userId),
			content: encryptedContent(ciphertext, relation),
			targetEventId: (relation &&
				("m.in_reply_to" in relation ? relation["m.in_reply_to"].event_id : relation.event_id)) as EventId | undefined,
		});
	const replace = (event_id: string) => ({ rel_type: "m.replace" as const, event_id });
	const page = async (userId = bob) =>
		(await kith.timeline.page(userId, { roomId, direction: "forwards", limit: 200 })).items.filter(
			({ stateKey }) => stateKey === undefined,
		);
	const listed = async (userId = bob) => (await kith.timeline.roomList(userId, { limit: 10 })).items[0];
	return { ...kith, alice, bob, roomId, write, send, replace, page, listed };
};

describe("messages in an encrypted room", () => {
	it("refuses text in clear and edits in clear, and takes reactions, deletions and read positions", async () => {
		await using room = await openRoom();
		const { alice, bob, messages, write } = room;
		await expect(messages.send({ ...write(alice), body: "SECRET" })).rejects.toMatchObject({
			code: "encryption-required",
		});
		const { eventId } = await room.send(alice, "AAAA");
		await expect(messages.edit({ ...write(alice), targetEventId: eventId, body: "SECRET" })).rejects.toMatchObject({
			code: "encryption-required",
		});
		await messages.react({ ...write(bob), targetEventId: eventId, key: "👍" });
		await messages.markRead({ userId: bob, roomId: room.roomId, eventId, kind: "public" });
		await messages.redact({ ...write(alice), targetEventId: eventId });
		const { rows } = await room.database.pool.query("SELECT count(*)::int AS n FROM events WHERE json LIKE '%SECRET%'");
		expect(rows[0].n).toBe(0);
		const [shown] = await room.page();
		expect(shown).toMatchObject({ type: "m.room.encrypted", redactedBy: alice, content: {} });
	});

	it("gives a retry the first answer, also when the room was encrypted in between", async () => {
		await using room = await openRoom({ isEncrypted: false });
		const { alice, messages, write, roomId } = room;
		const plain = { ...write(alice), body: "before" };
		const first = await messages.send(plain);
		await room.rooms.enableEncryption({ userId: alice, roomId });
		expect(await messages.send(plain)).toEqual(first);
		const encrypted = { ...write(alice), content: encryptedContent("AAAA") };
		const sent = await messages.sendEncrypted(encrypted);
		expect(await messages.sendEncrypted(encrypted)).toEqual(sent);
		expect(await room.page()).toHaveLength(2);
	});

	it("takes no ciphertext where nothing is encrypted, from strangers, or above the size of an event", async () => {
		await using clear = await openRoom({ isEncrypted: false });
		await expect(clear.send(clear.alice, "AAAA")).rejects.toMatchObject({ code: "bad-input" });
		await using room = await openRoom();
		const stranger = await room.addPerson("stranger");
		await expect(room.send(stranger, "AAAA")).rejects.toMatchObject({ code: "not-a-member" });
		await expect(room.send(room.alice, "A".repeat(65_400))).rejects.toMatchObject({ code: "too-large" });
		await room.send(room.alice, "A".repeat(64_000));
	});

	it("hands on the content as it was sent, with what it relates to", async () => {
		await using room = await openRoom();
		const first = await room.send(room.alice, "AAAA");
		const reply = await room.send(room.bob, "BBBB", { "m.in_reply_to": { event_id: first.eventId } });
		const step = await room.send(room.bob, "CCCC", { rel_type: "m.reference", event_id: first.eventId });
		const shown = await room.page(room.alice);
		expect(shown).toMatchObject([
			{ eventId: first.eventId, type: "m.room.encrypted", content: encryptedContent("AAAA") },
			{ eventId: reply.eventId, relatesTo: { kind: "reply", eventId: first.eventId } },
			{ eventId: step.eventId, relatesTo: { kind: "reference", eventId: first.eventId } },
		]);
		expect(shown[0]).not.toHaveProperty("encryptedEdit");
		// A step of a verification is no message that a badge counts, or that stands in the chat list.
		expect(await room.listed(room.alice)).toMatchObject({ unreadCount: 1, lastMessage: { eventId: reply.eventId } });
	});

	it("keeps the original and hands the newest edit on beside it, wherever the message is read", async () => {
		await using room = await openRoom();
		const { eventId } = await room.send(room.alice, "AAAA");
		await room.send(room.alice, "BBBB", room.replace(eventId));
		const last = await room.send(room.alice, "CCCC", room.replace(eventId));
		const expected = {
			eventId,
			content: encryptedContent("AAAA"),
			encryptedEdit: {
				eventId: last.eventId,
				originServerTs: last.originServerTs,
				content: encryptedContent("CCCC", room.replace(eventId)),
			},
		};
		const [shown, ...others] = await room.page();
		expect(others).toEqual([]);
		expect(shown).toMatchObject(expected);
		expect(shown).not.toHaveProperty("editedTs");
		expect((await room.listed())?.lastMessage).toMatchObject(expected);
		const around = await room.timeline.around(room.bob, {
			roomId: room.roomId,
			eventId: last.eventId as EventId,
			limit: 5,
		});
		expect(around.items.find((event) => event.eventId === eventId)).toMatchObject(expected);
		expect(await room.listed()).toMatchObject({ unreadCount: 1 });
	});

	it("refuses edits of others' messages, of edits, of reactions and of what is not there", async () => {
		await using room = await openRoom();
		const { alice, bob } = room;
		const { eventId } = await room.send(alice, "AAAA");
		const edit = await room.send(alice, "BBBB", room.replace(eventId));
		const reaction = await room.messages.react({ ...room.write(alice), targetEventId: eventId, key: "👍" });
		await expect(room.send(bob, "CCCC", room.replace(eventId))).rejects.toMatchObject({ code: "forbidden" });
		await expect(room.send(alice, "CCCC", room.replace(edit.eventId))).rejects.toMatchObject({ code: "forbidden" });
		await expect(room.send(alice, "CCCC", room.replace(reaction.eventId))).rejects.toMatchObject({ code: "forbidden" });
		const missing = { code: "not-found" };
		await expect(room.send(alice, "CCCC", room.replace("$nothing"))).rejects.toMatchObject(missing);
		const reply = { "m.in_reply_to": { event_id: "$nothing" } };
		await expect(room.send(alice, "CCCC", reply)).rejects.toMatchObject(missing);
		expect(await room.page()).toHaveLength(1);
	});

	it("takes the edits along when the message is deleted", async () => {
		await using room = await openRoom();
		const { eventId } = await room.send(room.alice, "AAAA");
		await room.send(room.alice, "SECRETEDIT", room.replace(eventId));
		await room.messages.redact({ ...room.write(room.alice), targetEventId: eventId });
		const { rows } = await room.database.pool.query("SELECT count(*)::int AS n FROM events WHERE json LIKE '%SECRET%'");
		expect(rows[0].n).toBe(0);
		expect((await room.page())[0]).not.toHaveProperty("encryptedEdit");
	});

	it("lets a message from before be edited by an encrypted one, which comes beside what it said", async () => {
		await using room = await openRoom({ isEncrypted: false });
		const { alice } = room;
		const [eventId = ""] = await room.say(alice, room.roomId, "before");
		await room.rooms.enableEncryption({ userId: alice, roomId: room.roomId });
		await room.send(alice, "AAAA", room.replace(eventId));
		expect(await room.page()).toMatchObject([
			{ eventId, content: { body: "before" }, encryptedEdit: { content: { ciphertext: "AAAA" } } },
		]);
	});

	it("finds the message of a day", async () => {
		await using room = await openRoom();
		const { eventId, originServerTs } = await room.send(room.alice, "AAAA");
		const { roomId } = room;
		const found = await room.timeline.closestMessage(room.bob, { roomId, ts: originServerTs - 1000 });
		expect(found.eventId).toBe(eventId);
	});
});
