import { describe, expect, it } from "vitest";
import { buildEvent } from "../../events/build-event.ts";
import type { RoomId } from "../../identifiers/identifier-types.ts";
import { withKey, withoutKeys } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { RoomVersionId } from "../../room-versions/room-version.ts";
import { roomVersions } from "../../room-versions/room-versions.ts";
import { alice, bob, bobAtTheDoor, mallory } from "../../testing/bob-at-the-door.ts";
import { joinedState } from "../../testing/joined-state.ts";
import { testNow } from "../../testing/membership-server.ts";
import { testSigner } from "../../testing/noble-signer.ts";
import { askToInvite } from "./ask-to-invite.ts";
import { strippedStateOf } from "./stripped-state.ts";

const isSendJoin = (uri: string) => uri.includes("/send_join/");
const isMakeJoin = (uri: string) => uri.includes("/make_join/");

const pdus = (content: JsonObject, key: string) => content[key] as readonly JsonObject[];
const replaceState = (content: JsonObject, type: string, by: (pdu: JsonObject) => readonly JsonObject[]) =>
	withKey(
		content,
		"state",
		pdus(content, "state").flatMap((pdu) => (pdu["type"] === type ? by(pdu) : [pdu])),
	);

/** An event that a server makes up and signs with its own key, whoever it says that it is from. */
const forged = (id: RoomVersionId, signer: string, pdu: JsonObject): JsonObject => {
	const built = buildEvent(
		{
			roomId: pdu["room_id"] as RoomId,
			type: pdu["type"] as string,
			sender: pdu["sender"] as never,
			stateKey: pdu["state_key"] as string,
			content: pdu["content"] as JsonObject,
		},
		{
			version: roomVersions[id],
			signer: testSigner(signer),
			prevEvents: (pdu["prev_events"] as never[]).map((eventId) => ({ eventId, depth: 3 })),
			authEvents: pdu["auth_events"] as never[],
			originServerTs: testNow,
		},
	);
	if (built.kind === "refused") throw new Error(built.detail);
	return built.event.json;
};

describe.each(["9", "11", "12"] as const)("a server that lies to who joins, version %s", (id) => {
	it("MEM-TEMPLATE refuses a template for another person, type, room or membership, and one without a place", async () => {
		const lies: readonly ((event: JsonObject) => JsonObject)[] = [
			(event) => withKey(event, "sender", mallory),
			(event) => withKey(event, "state_key", alice),
			(event) => withKey(event, "type", "m.room.power_levels"),
			(event) => withKey(event, "room_id", "!other:one.example"),
			(event) => withKey(event, "content", { membership: "ban" }),
			(event) => withKey(event, "content", { membership: "join", join_authorised_via_users_server: mallory }),
			(event) => withKey(event, "prev_events", []),
			(event) => withKey(event, "auth_events", ["$short"]),
			(event) => withoutKeys(event, ["depth"]),
		];
		for (const [at, lie] of lies.entries()) {
			const { network, join, one, roomId } = bobAtTheDoor(id);
			network.alter = (uri, content) =>
				isMakeJoin(uri) ? withKey(content, "event", lie(content["event"] as JsonObject)) : content;
			expect(await join(), `lie ${at}`).toMatchObject({ kind: "misbehaved", rule: "MEM-TEMPLATE" });
			expect(one.membership(roomId, bob)).toBeUndefined();
		}
	});

	it("MEM-TEMPLATE signs nothing of a template but the place", async () => {
		const { network, join } = bobAtTheDoor(id);
		network.alter = (uri, content) => {
			if (!isMakeJoin(uri)) return content;
			const event = content["event"] as JsonObject;
			const said = { membership: "join", displayname: "Somebody else", reason: "I agree to everything" };
			return withKey(content, "event", withKey(withKey(event, "content", said), "redacts", "$x"));
		};
		const joined = await join();
		expect(joined.kind === "joined" && joined.event.content).toEqual({ membership: "join" });
		expect(joined.kind === "joined" && Object.hasOwn(joined.event.json, "redacts")).toBe(false);
	});

	it("MEM-ANSWER, MEM-STATE, MEM-AUTH-CHAIN uses nothing where what decides is forged or of another room", async () => {
		const { one } = bobAtTheDoor(id);
		const other = one.create(alice, id, { join_rule: "public" });
		const otherState = [...one.room(other).currentState().values()].map(
			(eventId) => one.room(other).event(eventId)?.json,
		);
		const lies: readonly ((content: JsonObject) => JsonObject)[] = [
			(content) => replaceState(content, "m.room.power_levels", (pdu) => [forged(id, "mallory.example", pdu)]),
			(content) => replaceState(content, "m.room.join_rules", (pdu) => [withKey(pdu, "content", { join_rule: "x" })]),
			(content) => replaceState(content, "m.room.create", () => []),
			(content) => withKey(content, "state", otherState as JsonObject[]),
			(content) => withKey(content, "state", [...pdus(content, "state"), ...(otherState as JsonObject[])]),
			(content) => replaceState(content, "m.room.power_levels", (pdu) => [pdu, forged(id, "one.example", pdu)]),
			(content) => withKey(content, "state", "all of it"),
			(content) => withKey(content, "members_omitted", true),
			(content) => withKey(withKey(content, "state", []), "auth_chain", []),
		];
		for (const [at, lie] of lies.entries()) {
			const { network, join } = bobAtTheDoor(id);
			network.alter = (uri, content) => (isSendJoin(uri) ? lie(content) : content);
			const joined = await join();
			expect(joined, `lie ${at}`).toMatchObject({ kind: "misbehaved" });
		}
	});

	it("MEM-OMITTED holds a room without its members to the same, and remembers no more servers than a few", async () => {
		const lies: readonly ((content: JsonObject) => JsonObject)[] = [
			(content) => replaceState(content, "m.room.power_levels", (pdu) => [forged(id, "mallory.example", pdu)]),
			(content) => replaceState(content, "m.room.create", () => []),
			(content) => withKey(content, "auth_chain", []),
		];
		for (const [at, lie] of lies.entries()) {
			const { network, joinPart } = bobAtTheDoor(id);
			network.alter = (uri, content) => (isSendJoin(uri) ? lie(content) : content);
			expect(await joinPart(), `lie ${at}`).toMatchObject({ kind: "misbehaved" });
		}
		const { network, joinPart } = bobAtTheDoor(id);
		const names = Array.from({ length: 100_000 }, (_, at) => `server${at}.example`);
		network.alter = (uri, content) => (isSendJoin(uri) ? withKey(content, "servers_in_room", names) : content);
		const joined = await joinPart();
		expect(joined.kind === "joined" && joined.serversInRoom).toHaveLength(1_000);
	});

	it("MEM-STATE leaves out a membership that its own server did not sign", async () => {
		const { network, join, roomId } = bobAtTheDoor(id);
		network.alter = (uri, content) => {
			if (!isSendJoin(uri)) return content;
			const [levels] = pdus(content, "state").filter(({ type }) => type === "m.room.power_levels");
			const pdu = {
				...levels,
				type: "m.room.member",
				state_key: "@carol:three.example",
				sender: "@carol:three.example",
			};
			const made = forged(id, "mallory.example", { ...pdu, content: { membership: "join" }, room_id: roomId });
			return withKey(content, "state", [...pdus(content, "state"), made]);
		};
		const joined = await join();
		expect(joined).toMatchObject({ kind: "joined", leftOut: [{ rule: "SIG-02" }] });
		const state = joined.kind === "joined" ? await joinedState(joined) : [];
		expect(state.length).toBeGreaterThan(3);
		expect(state.map(({ stateKey }) => stateKey)).not.toContain("@carol:three.example");
	});

	it("MEM-CREATE refuses the beginning of a room that is another server's or of another version", async () => {
		const { network, two, join } = bobAtTheDoor(id);
		const evil = network.add("mallory.example");
		const theirs = evil.create(mallory, id, { join_rule: "public" });
		const claimed = id === "12" ? (`!${"A".repeat(43)}` as RoomId) : ("!room0:one.example" as RoomId);
		evil.rooms.set(claimed, evil.room(theirs));
		const outcome = await join(claimed, evil.name);
		expect(outcome.kind).not.toBe("joined");
		expect(two.rooms.size).toBe(0);
		const lower = bobAtTheDoor(id);
		lower.network.alter = (uri, content) =>
			isMakeJoin(uri) ? withKey(content, "room_version", id === "9" ? "10" : "9") : content;
		expect((await lower.join()).kind).not.toBe("joined");
	});

	it("MEM-INVITE-SIGNATURE takes only the signature of the invited person's server", async () => {
		for (const [at, lie] of [
			(event: JsonObject) => withKey(event, "signatures", {}),
			(event: JsonObject) => withKey(event, "signatures", { "two.example": { "ed25519:auto": "AAAA" } }),
			(event: JsonObject) => withKey(event, "content", { membership: "join" }),
		].entries()) {
			const { network, one, roomId } = bobAtTheDoor(id, { join_rule: "invite" });
			network.alter = (uri, content) =>
				uri.includes("/invite/") ? withKey(content, "event", lie(content["event"] as JsonObject)) : content;
			const content = { membership: "invite" };
			const event = one.propose({ roomId, type: "m.room.member", sender: alice, stateKey: bob, content });
			const room = await one.residentRooms.room(roomId, [alice]);
			const roomState = room === undefined ? [] : strippedStateOf(room, [alice]);
			const invitation = { event, version: roomVersions[id], roomState };
			const asked = await askToInvite(one.asking(network.transportOf(one)), invitation);
			// What else the answer says about the event is not read.
			if (at === 2) expect(asked.kind === "invited" && asked.event.content).toEqual(content);
			else expect(asked, `lie ${at}`).toMatchObject({ kind: "misbehaved", rule: "MEM-INVITE-SIGNATURE" });
		}
	});
});
