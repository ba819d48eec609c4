import { describe, expect, it } from "vitest";
import { buildEvent } from "../../events/build-event.ts";
import { withKey } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import { roomVersions } from "../../room-versions/room-versions.ts";
import { alice, bob, bobAtTheDoor, mallory } from "../../testing/bob-at-the-door.ts";
import { MembershipNetwork } from "../../testing/membership-network.ts";
import { testKeys, testNow } from "../../testing/membership-server.ts";
import { testSigner } from "../../testing/noble-signer.ts";
import { answerInvite } from "./answer-invite.ts";
import { answerMake } from "./answer-make.ts";
import { answerSend } from "./answer-send.ts";
import { strippedStateOf } from "./stripped-state.ts";

describe.each(["9", "11", "12"] as const)("a server that asks for what is not its own, version %s", (id) => {
	const make = (server: ReturnType<typeof bobAtTheDoor>["one"], question: Partial<Parameters<typeof answerMake>[1]>) =>
		answerMake(server.answering, {
			origin: "two.example" as never,
			roomId: "",
			userId: bob,
			membership: "join",
			versions: Object.keys(roomVersions),
			now: testNow,
			...question,
		});

	it("MEM-MAKE refuses another server's person, an unknown room, a banned person and an unknown version", async () => {
		const { one, roomId } = bobAtTheDoor(id);
		expect(await make(one, { roomId, userId: mallory })).toMatchObject({ status: 403, errcode: "M_FORBIDDEN" });
		expect(await make(one, { roomId: "!nowhere:one.example" })).toMatchObject({ errcode: "M_NOT_FOUND" });
		expect(await make(one, { roomId: "nonsense" })).toMatchObject({ errcode: "M_INVALID_PARAM" });
		expect(await make(one, { roomId, versions: ["1", "6"] })).toMatchObject({
			errcode: "M_INCOMPATIBLE_ROOM_VERSION",
			extra: { room_version: id },
		});
		one.send({ roomId, type: "m.room.member", sender: alice, stateKey: bob, content: { membership: "ban" } });
		expect(await make(one, { roomId })).toMatchObject({ status: 403, errcode: "M_FORBIDDEN" });
	});

	it("MEM-MAKE refuses a server that the room's list denies", async () => {
		const { one, roomId, join } = bobAtTheDoor(id);
		const content = { allow: ["*"], deny: ["two.example"] };
		one.send({ roomId, type: "m.room.server_acl", sender: alice, stateKey: "", content });
		expect(await make(one, { roomId })).toMatchObject({ status: 403, errcode: "M_FORBIDDEN" });
		expect(await join()).toMatchObject({ kind: "refused", errcode: "M_FORBIDDEN" });
	});

	/** A join that the asking server makes up without a template. */
	const ownJoin = (
		{ one, roomId }: ReturnType<typeof bobAtTheDoor>,
		content: JsonObject,
		signer = "two.example",
	): { eventId: string; pdu: JsonObject } => {
		const room = one.room(roomId);
		const cited = [...room.currentState()].filter(([key]) => {
			const [type, stateKey] = key.split("\u0000");
			if (type === "m.room.create") return id !== "12";
			if (type === "m.room.member") return stateKey === bob || stateKey === content["join_authorised_via_users_server"];
			return type === "m.room.power_levels" || type === "m.room.join_rules";
		});
		const built = buildEvent(
			{ roomId, type: "m.room.member", sender: bob, stateKey: bob, content },
			{
				version: roomVersions[id],
				signer: testSigner(signer),
				prevEvents: room.extremities,
				authEvents: cited.map(([, eventId]) => eventId),
				originServerTs: testNow,
			},
		);
		if (built.kind === "refused") throw new Error(built.detail);
		return { eventId: built.event.eventId, pdu: built.event.json };
	};

	const send = (
		set: ReturnType<typeof bobAtTheDoor>,
		made: { eventId: string; pdu: JsonObject },
		change: Partial<Parameters<typeof answerSend>[1]> = {},
	) => {
		const question = {
			origin: "two.example" as never,
			roomId: set.roomId,
			membership: "join" as const,
			mayOmitMembers: false,
		};
		return answerSend(set.one.answering, { ...question, ...made, ...change });
	};

	it("MEM-SEND takes only what was asked for, signed by who sends it", async () => {
		const set = bobAtTheDoor(id);
		const made = ownJoin(set, { membership: "join" });
		const other = set.one.create(alice, id, { join_rule: "public" });
		expect(await send(set, made, { eventId: `$${"A".repeat(43)}` })).toMatchObject({ errcode: "M_INVALID_PARAM" });
		expect(await send(set, made, { roomId: other })).toMatchObject({ errcode: "M_INVALID_PARAM" });
		expect(await send(set, made, { membership: "leave" })).toMatchObject({ errcode: "M_INVALID_PARAM" });
		expect(await send(set, made, { origin: "mallory.example" as never })).toMatchObject({ errcode: "M_INVALID_PARAM" });
		const stolen = ownJoin(set, { membership: "join" }, "mallory.example");
		expect(await send(set, stolen)).toMatchObject({ kind: "refused", status: 403 });
		expect(set.one.membership(set.roomId, bob)).toBeUndefined();
		expect(await send(set, made)).toMatchObject({ kind: "streamed" });
	});

	it("MEM-SEND keeps the banned out, whatever they hand in", async () => {
		const set = bobAtTheDoor(id);
		const early = ownJoin(set, { membership: "join" });
		const content = { membership: "ban" };
		set.one.send({ roomId: set.roomId, type: "m.room.member", sender: alice, stateKey: bob, content });
		// Made before the ban, and beside it in the graph: the state before allows it, the present does not.
		expect(await send(set, early)).toMatchObject({ kind: "refused", status: 403 });
		expect(await send(set, ownJoin(set, { membership: "join" }))).toMatchObject({ kind: "refused", status: 403 });
		expect(set.one.membership(set.roomId, bob)).toBe("ban");
	});

	it("MEM-RESTRICTED signs for nobody who is not in an opening room", async () => {
		const network = new MembershipNetwork();
		const one = network.add("one.example");
		network.add("two.example");
		const club = one.create(alice, id, { join_rule: "invite" });
		const allow = [{ type: "m.room_membership", room_id: club }];
		const roomId = one.create(alice, id, { join_rule: "restricted", allow });
		const set = { ...bobAtTheDoor(id), network, one, roomId };
		expect(await make(one, { roomId })).toMatchObject({ errcode: "M_FORBIDDEN" });
		const via = (authoriser: string) => ({ membership: "join", join_authorised_via_users_server: authoriser });
		expect(await send(set, ownJoin(set, via(alice)))).toMatchObject({ errcode: "M_FORBIDDEN" });
		expect(await send(set, ownJoin(set, via(mallory)))).toMatchObject({ errcode: "M_UNABLE_TO_GRANT_JOIN" });
		expect(await send(set, ownJoin(set, via("nobody")))).toMatchObject({ errcode: "M_INVALID_PARAM" });
		expect(await send(set, ownJoin(set, { membership: "join" }))).toMatchObject({ errcode: "M_FORBIDDEN" });
		expect(one.membership(roomId, bob)).toBeUndefined();
		const elsewhere = [{ type: "m.room_membership", room_id: "!elsewhere:three.example" }];
		const unknown = one.create(alice, id, { join_rule: "restricted", allow: elsewhere });
		expect(await make(one, { roomId: unknown })).toMatchObject({ errcode: "M_UNABLE_TO_AUTHORISE_JOIN" });
	});

	it("MEM-RESTRICTED sends who may come in to another server where nobody here may let them in", async () => {
		const { one, join, roomId: club } = bobAtTheDoor(id);
		await join();
		const allow = [{ type: "m.room_membership", room_id: club }];
		const roomId = one.create(alice, id, { join_rule: "restricted", allow, invite: 50 });
		if (id !== "12") {
			const content = { users: { [alice]: 49 }, invite: 50 };
			one.send({ roomId, type: "m.room.power_levels", sender: alice, stateKey: "", content });
			expect(await make(one, { roomId })).toMatchObject({ errcode: "M_UNABLE_TO_GRANT_JOIN" });
		} else {
			// A creator is above every level.
			expect(await make(one, { roomId })).toMatchObject({ kind: "answered" });
		}
	});

	it("MEM-INVITE is refused unless it is one, of that server, for a person of this one, with a few events of the room", async () => {
		const { one, two, roomId } = bobAtTheDoor(id, { join_rule: "invite" });
		const room = await one.residentRooms.room(roomId, [alice]);
		const roomState = room === undefined ? [] : strippedStateOf(room, [alice]);
		const propose = (membership: string, stateKey: string) =>
			one.propose({ roomId, type: "m.room.member", sender: alice, stateKey, content: { membership } });
		const ask = (event = propose("invite", bob), change: Partial<Parameters<typeof answerInvite>[1]> = {}) =>
			answerInvite(
				{ ...two.answering, keys: testKeys },
				{
					origin: one.name,
					roomId,
					eventId: event.eventId,
					versionId: id,
					pdu: event.json,
					roomState,
					...change,
				},
			);
		const invalid = { kind: "refused", errcode: "M_INVALID_PARAM" };
		expect(await ask()).toMatchObject({ kind: "invitation", userId: bob });
		expect(await ask(propose("join", bob))).toMatchObject(invalid);
		expect(await ask(propose("invite", "@carol:three.example"))).toMatchObject(invalid);
		expect(await ask(undefined, { origin: "mallory.example" as never })).toMatchObject(invalid);
		expect(await ask(undefined, { versionId: "99" })).toMatchObject({ errcode: "M_INCOMPATIBLE_ROOM_VERSION" });
		expect(await ask(undefined, { roomState: Array.from({ length: 300 }, () => roomState[0] ?? {}) })).toMatchObject(
			invalid,
		);
		const other = one.create(alice, id, { join_rule: "public" });
		const otherRoom = await one.residentRooms.room(other, [alice]);
		const foreign = otherRoom === undefined ? [] : strippedStateOf(otherRoom, [alice]);
		expect(await ask(undefined, { roomState: foreign })).toMatchObject(invalid);
		const event = propose("invite", bob);
		const unsigned = withKey(event.json, "signatures", { "mallory.example": { "ed25519:auto": "AAAA" } });
		expect(await ask(event, { pdu: unsigned })).toMatchObject(invalid);
		const altered = withKey(event.json, "content", { membership: "invite", displayname: "The owner" });
		expect((await ask(event, { pdu: altered })).kind).toBe("refused");
		expect((await ask(undefined, { roomState: undefined })).kind).toBe(id === "12" ? "refused" : "invitation");
		expect((await ask(undefined, { roomState: [] })).kind).toBe(id === "12" ? "refused" : "invitation");
	});
});
