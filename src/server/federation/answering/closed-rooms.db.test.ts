import { describe, expect, it } from "vitest";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { type Answering, createSharedRoom, one, two, wireOf } from "../../../../tests/setup/test-answering.ts";

interface Target {
	readonly roomId: string;
	readonly eventId: string;
}

/** Everything that can be asked about a room. */
const questions: Readonly<
	Record<string, (answering: Answering, origin: ServerName, target: Target) => Parameters<typeof wireOf>[0]>
> = {
	event: (answering, origin, { eventId }) => answering.event({ origin, eventId }),
	state: (answering, origin, target) => answering.state({ origin, ...target }),
	state_ids: (answering, origin, target) => answering.stateIds({ origin, ...target }),
	event_auth: (answering, origin, target) => answering.eventAuth({ origin, ...target }),
	backfill: (answering, origin, { roomId, eventId }) =>
		answering.backfill({ origin, roomId, from: [eventId], limit: "10" }),
	get_missing_events: (answering, origin, { roomId, eventId }) =>
		answering.missingEvents({ origin, roomId, content: { latest_events: [eventId], earliest_events: [] } }),
	timestamp_to_event: (answering, origin, { roomId }) =>
		answering.timestamp({ origin, roomId, ts: "0", direction: "f" }),
};

const refusal = { status: 403, content: { errcode: "M_FORBIDDEN", error: "Your server is not in the room" } };

/** The answers to all questions, by their names. */
const askAll = async (answering: Answering, origin: ServerName, target: Target) => {
	const asked = Object.entries(questions).map(
		async ([name, ask]) => [name, await wireOf(ask(answering, origin, target))] as const,
	);
	return Object.fromEntries(await Promise.all(asked));
};

/** The same answer to all of them. */
const toAll = (answer: unknown) => Object.fromEntries(Object.keys(questions).map((name) => [name, answer]));

describe("a server that asks about a room", () => {
	it("ANS-01 needs somebody in it, and is told nothing else", async () => {
		await using room = await createSharedRoom();
		const target = { roomId: room.roomId, eventId: await room.say("secret") };
		const answers = (origin: ServerName) => askAll(room.answering, origin, target);
		const welcome = toAll(expect.objectContaining({ status: 200 }));
		expect(await answers(one)).toEqual(welcome);
		for (const stranger of [two, "one.example.org", "ONE.example", "one.example:8448", "xone.example"])
			expect(await answers(stranger as ServerName)).toEqual(toAll(refusal));
		// Not invited, not after they left, and not when they were removed.
		const { ann, rob, roomId } = room;
		const leave = { membership: "leave" };
		await room.kith.act({ roomId, sender: rob, type: "m.room.member", stateKey: rob, content: leave });
		expect(await answers(one)).toEqual(toAll(refusal));
		await room.set("m.room.member", { membership: "invite" }, rob);
		expect(await answers(one)).toEqual(toAll(refusal));
		await room.kith.join(roomId, rob);
		expect(await answers(one)).toEqual(welcome);
		await room.kith.rooms.ban({ userId: ann, roomId, targetId: rob });
		expect(await answers(one)).toEqual(toAll(refusal));
	});

	it("ANS-02 is refused where the access list keeps it out", async () => {
		await using room = await createSharedRoom();
		const target = { roomId: room.roomId, eventId: await room.say("secret") };
		const other = `${two}:8448` as ServerName;
		await room.kith.join(room.roomId, `@tea:${other}` as UserId);
		await room.set("m.room.server_acl", { allow: ["*"], deny: ["TWO.example"] });
		const kept = { status: 403, content: { errcode: "M_FORBIDDEN", error: expect.stringContaining("access list") } };
		expect(await askAll(room.answering, other, target)).toEqual(toAll(kept));
		expect(await askAll(room.answering, one, target)).toEqual(toAll(expect.objectContaining({ status: 200 })));
	});

	it("ANS-03 does not learn whether this server has a room that is closed to it", async () => {
		await using room = await createSharedRoom();
		const eventId = await room.say("secret");
		const { event, ...ofRooms } = await askAll(room.answering, two, { roomId: `!${"a".repeat(43)}`, eventId });
		expect(Object.values(ofRooms)).toEqual(Object.values(ofRooms).map(() => refusal));
		const { event: _, ...nonsense } = await askAll(room.answering, one, { roomId: "!\u0000:x", eventId });
		for (const answer of Object.values(nonsense))
			expect(answer).toMatchObject({ status: 400, content: { errcode: "M_INVALID_PARAM" } });
	});

	it("ANS-04 gets nothing of another room, whatever event it names", async () => {
		await using room = await createSharedRoom();
		const { kith, ann } = room;
		const elsewhere = await kith.rooms.create({
			...{ creatorId: ann, transactionId: "u", kind: "group", name: "Cellar", inviteeIds: [] },
		});
		const sent = await kith.messages.send({ userId: ann, roomId: elsewhere, transactionId: "m", body: "secret" });
		const target = { roomId: room.roomId, eventId: sent.eventId };
		const answers = JSON.stringify(await askAll(room.answering, one, target));
		for (const word of [sent.eventId, "Cellar", "secret"]) expect(answers).not.toContain(word);
	});
});
