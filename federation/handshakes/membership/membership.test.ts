import { describe, expect, it } from "vitest";
import type { StateEvent } from "../../events/room-event.ts";
import type { RoomId } from "../../identifiers/identifier-types.ts";
import type { PeerTransport } from "../../ports/peer-transport.ts";
import type { RoomVersionId } from "../../room-versions/room-version.ts";
import { roomVersions } from "../../room-versions/room-versions.ts";
import { versions } from "../../testing/authorization-checks.ts";
import { userId } from "../../testing/identifiers.ts";
import { joinedState } from "../../testing/joined-state.ts";
import { MembershipNetwork } from "../../testing/membership-network.ts";
import { type MembershipServer, testNow } from "../../testing/membership-server.ts";
import { askToInvite } from "./ask-to-invite.ts";
import { askToJoin } from "./ask-to-join.ts";
import { askToKnock } from "./ask-to-knock.ts";
import { askToLeave } from "./ask-to-leave.ts";
import { strippedStateOf } from "./stripped-state.ts";

const alice = userId("@alice:one.example");
const bob = userId("@bob:two.example");

const twoServers = () => {
	const network = new MembershipNetwork();
	const one = network.add("one.example");
	const two = network.add("two.example");
	const asking = two.asking(network.transportOf(two));
	const wishOf = (roomId: RoomId, content = {}) => ({
		server: one.name,
		roomId,
		userId: bob,
		content,
		originServerTs: testNow,
	});
	return { network, one, two, asking, wishOf };
};

const inviteBob = async (network: MembershipNetwork, from: MembershipServer, roomId: RoomId) => {
	const version = from.room(roomId).version;
	const content = { membership: "invite" };
	const event = from.propose({ roomId, type: "m.room.member", sender: alice, stateKey: bob, content });
	const room = await from.residentRooms.room(roomId, [alice]);
	const roomState = room === undefined ? [] : strippedStateOf(room, [alice]);
	const asked = await askToInvite(from.asking(network.transportOf(from)), { event, version, roomState });
	if (asked.kind === "invited") from.room(roomId).add(asked.event as StateEvent, "accepted");
	return asked;
};

/** Says only how long it was given. */
const impatient: PeerTransport = {
	request: async (_, { timeoutMs }) => ({ kind: "unreachable", reason: "timeout", detail: `${timeoutMs}` }),
};

describe.each(versions("6"))("two servers, room version %s", (id: RoomVersionId) => {
	it("MEM-JOIN brings who joins the room, checked, and the room the join", async () => {
		const { one, asking, wishOf } = twoServers();
		const roomId = one.create(alice, id, { join_rule: "public" });
		const joined = await askToJoin(asking, wishOf(roomId, { displayname: "Bob" }));
		expect(joined).toMatchObject({ kind: "joined", leftOut: [], serversInRoom: ["one.example", "two.example"] });
		expect(one.membership(roomId, bob)).toBe("join");
		if (joined.kind !== "joined") return;
		expect(joined.event.content).toEqual({ displayname: "Bob", membership: "join" });
		expect((await joinedState(joined)).map(({ type }) => type).sort()).toEqual(
			["m.room.create", "m.room.join_rules", "m.room.member", "m.room.power_levels"].sort(),
		);
		expect(one.room(roomId).event(joined.event.eventId)?.json).toEqual(joined.event.json);
	});

	it("MEM-OMITTED brings the room without its members where both sides can, by invitation too", async () => {
		const { network, one, asking, wishOf } = twoServers();
		const roomId = one.create(alice, id, { join_rule: "invite" });
		await inviteBob(network, one, roomId);
		const joined = await askToJoin(asking, { ...wishOf(roomId), mayOmitMembers: true });
		expect(joined).toMatchObject({ kind: "joined", isPartial: true, leftOut: [], serversInRoom: expect.any(Array) });
		if (joined.kind !== "joined") return;
		expect(joined.serversInRoom).toContain("one.example");
		expect((await joinedState(joined)).map(({ type }) => type).sort()).toEqual(
			["m.room.create", "m.room.join_rules", "m.room.power_levels"].sort(),
		);
		expect(one.membership(roomId, bob)).toBe("join");
	});

	it("MEM-INVITE is signed by both servers, tells what the room is, and is followed by a join", async () => {
		const { network, one, asking, wishOf } = twoServers();
		const roomId = one.create(alice, id, { join_rule: "invite" });
		one.send({ roomId, type: "m.room.name", sender: alice, stateKey: "", content: { name: "Garden" } });
		expect(await askToJoin(asking, wishOf(roomId))).toMatchObject({ kind: "refused", errcode: "M_FORBIDDEN" });
		const invited = await inviteBob(network, one, roomId);
		expect(invited.kind).toBe("invited");
		if (invited.kind !== "invited") return;
		expect(Object.keys(invited.event.json["signatures"] as object).sort()).toEqual(["one.example", "two.example"]);
		const [arrived] = network.invitations;
		expect(arrived?.state.find(({ type }) => type === "m.room.name")?.content).toEqual({ name: "Garden" });
		expect(arrived?.state.map(({ stateKey }) => stateKey)).toContain(alice);
		expect(await askToJoin(asking, wishOf(roomId))).toMatchObject({ kind: "joined", leftOut: [] });
		expect(one.membership(roomId, bob)).toBe("join");
	});

	it("MEM-LEAVE turns an invitation down, and leaves a room", async () => {
		const { network, one, asking, wishOf } = twoServers();
		const roomId = one.create(alice, id, { join_rule: "invite" });
		await inviteBob(network, one, roomId);
		const silent = await askToLeave({ ...asking, transport: impatient }, { ...wishOf(roomId), timeoutMs: 5 });
		expect(silent).toEqual({ kind: "unreachable", reason: "timeout", detail: "5" });
		expect(await askToLeave(asking, wishOf(roomId, { reason: "no" }))).toMatchObject({ kind: "left" });
		expect(one.membership(roomId, bob)).toBe("leave");
		expect(await askToLeave(asking, wishOf(roomId))).toMatchObject({ kind: "refused", errcode: "M_FORBIDDEN" });
	});

	it("MEM-KNOCK is heard where the version and the room know knocking", async () => {
		const { one, asking, wishOf } = twoServers();
		const knocking = roomVersions[id].knocking;
		const roomId = one.create(alice, id, { join_rule: knocking ? "knock" : "invite" });
		const knocked = await askToKnock(asking, wishOf(roomId, { reason: "please" }));
		if (!knocking) expect(knocked).toMatchObject({ kind: "refused", errcode: "M_FORBIDDEN" });
		else {
			expect(knocked).toMatchObject({ kind: "knocked", event: { content: { reason: "please" } } });
			expect(knocked.kind === "knocked" && knocked.state.map(({ type }) => type)).toContain("m.room.create");
			expect(one.membership(roomId, bob)).toBe("knock");
		}
		const closed = one.create(alice, id, { join_rule: "invite" });
		expect(await askToKnock(asking, wishOf(closed))).toMatchObject({ kind: "refused", errcode: "M_FORBIDDEN" });
	});
});

describe.each(versions("8"))("a restricted room of another server, version %s", (id: RoomVersionId) => {
	it("MEM-RESTRICTED lets in who is in the opening room, signed by somebody who may invite", async () => {
		const { one, two, asking, wishOf } = twoServers();
		const club = one.create(alice, id, { join_rule: "public" });
		const allow = [{ type: "m.room_membership", room_id: club }];
		const roomId = one.create(alice, id, { join_rule: "restricted", allow });
		expect(await askToJoin(asking, wishOf(roomId))).toMatchObject({ kind: "refused", errcode: "M_FORBIDDEN" });
		expect(await askToJoin(asking, wishOf(club))).toMatchObject({ kind: "joined" });
		const joined = await askToJoin(asking, wishOf(roomId));
		expect(joined).toMatchObject({ kind: "joined", leftOut: [] });
		if (joined.kind !== "joined") return;
		expect(joined.event.content["join_authorised_via_users_server"]).toBe(alice);
		expect(Object.keys(joined.event.json["signatures"] as object).sort()).toEqual([one.name, two.name].sort());
	});
});
