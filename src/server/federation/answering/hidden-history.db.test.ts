import { describe, expect, it } from "vitest";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createSharedRoom, one, type SharedRoom, two, wireOf } from "../../../../tests/setup/test-answering.ts";

interface Pdu {
	readonly type: string;
	readonly state_key?: string;
	readonly content: { readonly body?: string; readonly membership?: string; readonly displayname?: string };
}

/** Everything that a server is shown, oldest first. */
const shownTo = async ({ answering, kith, roomId }: SharedRoom, origin: typeof one): Promise<Pdu[]> => {
	const from = (await kith.ends(roomId)).map(({ eventId }) => eventId);
	const { content } = await wireOf(answering.backfill({ origin, roomId, from, limit: "100" }));
	return (content["pdus"] as Pdu[]).toReversed();
};

const messages = (pdus: readonly Pdu[]) =>
	pdus.filter(({ type }) => type === "m.room.message").map(({ content }) => content.body);

const tea = `@tea:${two}` as UserId;

const setVisibility = ({ kith, ann, roomId }: SharedRoom, historyVisibility: string) =>
	kith.rooms.setHistoryVisibility({ userId: ann, roomId, historyVisibility });

describe("ANS-13 what was said before anybody of a server came", () => {
	it.each(["world_readable", "shared"])("is shown where the room is %s", async (visibility) => {
		await using room = await createSharedRoom();
		await setVisibility(room, visibility);
		await room.say("before");
		await room.kith.join(room.roomId, tea);
		await room.say("after");
		expect(messages(await shownTo(room, two))).toEqual(["before", "after"]);
	});

	it("is hidden where only members see it, from each server as its own people came and went", async () => {
		await using room = await createSharedRoom();
		const { kith, roomId } = room;
		await setVisibility(room, "joined");
		await room.say("before");
		await kith.join(roomId, tea);
		await room.say("together");
		const leave = { membership: "leave" };
		await kith.act({ roomId, sender: tea, type: "m.room.member", stateKey: tea, content: leave });
		await room.say("apart");
		await kith.join(roomId, tea);
		await room.say("again");
		const shown = await shownTo(room, two);
		expect(messages(shown)).toEqual([undefined, "together", undefined, "again"]);
		expect(messages(await shownTo(room, one))).toEqual(["before", "together", "apart", "again"]);
		// The leave is hers, though the state after it shows her nothing; what redaction keeps of others' stays.
		const own = shown.filter(({ state_key }) => state_key === tea);
		expect(own.map(({ content }) => content.membership)).toEqual(["join", "leave", "join"]);
	});

	it("is shown from the invitation on where the invited see it", async () => {
		await using room = await createSharedRoom();
		const { kith, roomId } = room;
		await setVisibility(room, "invited");
		await room.say("before");
		await room.set("m.room.member", { membership: "invite" }, tea);
		await room.say("invited");
		await kith.join(roomId, tea);
		await room.say("joined");
		expect(messages(await shownTo(room, two))).toEqual([undefined, "invited", "joined"]);
	});

	it("stays as it was when the setting changes afterwards", async () => {
		await using room = await createSharedRoom();
		await setVisibility(room, "joined");
		await room.say("before");
		await setVisibility(room, "shared");
		await room.say("open");
		await room.kith.join(room.roomId, tea);
		expect(messages(await shownTo(room, two))).toEqual([undefined, "open"]);
		const { answering, roomId, kith } = room;
		const [end] = await kith.ends(roomId);
		const asked = { latest_events: [end?.eventId ?? ""], earliest_events: [], limit: 50 };
		const { content } = await wireOf(answering.missingEvents({ origin: two, roomId, content: asked }));
		expect(messages(content["events"] as Pdu[])).toEqual([undefined, "open"]);
	});

	it("cannot be had one by one either", async () => {
		await using room = await createSharedRoom();
		await setVisibility(room, "joined");
		const eventId = await room.say("before");
		await room.kith.join(room.roomId, tea);
		const { content } = await wireOf(room.answering.event({ origin: two, eventId }));
		expect(content["pdus"]).toMatchObject([{ type: "m.room.message", content: {} }]);
		expect(JSON.stringify(content)).not.toContain("before");
	});
});
