import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { eventually } from "../eventually.ts";
import type { Person } from "../homeserver.ts";
import type { KithHomeserver } from "../kith/kith-homeserver.ts";
import { askKith } from "./ask-kith.ts";
import { joinAsGuest, signForged } from "./hostile-guest.ts";
import type { HostilePeer } from "./hostile-peer.ts";
import { makeHostileRoom } from "./hostile-room.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";
import { logged } from "./server-log.ts";
import { readDatabase } from "./stored-database.ts";
import { readStoredRoom, waitingPdus } from "./stored-room.ts";

const path = (...parts: readonly string[]): string => parts.map(encodeURIComponent).join("/");
const makeJoin = (roomId: string, userId: string) => ({
	method: "GET" as const,
	uri: `/_matrix/federation/v1/make_join/${path(roomId, userId)}?ver=12`,
});

describe("a door that is closed", () => {
	let setting: HostileSetting;
	let ada: Person;
	/** The same, under an address for a name: lists that name its neighbours by theirs do not name it. */
	let addressed: HostileSetting;
	beforeAll(async () => {
		setting = await hostileSetting();
		ada = await setting.kith.register("ada");
		addressed = await hostileSetting("127.0.0.1");
	});
	afterAll(async () => {
		await setting?.[Symbol.asyncDispose]();
		await addressed?.[Symbol.asyncDispose]();
	});
	const makeRoom = (owner = ada) => owner.createRoom({ version: "12", name: "Hall", aliasLocalpart: randomUUID() });

	/** Everything that a server may ask about a room, or tell it. */
	const knocksAt = async (kith: KithHomeserver, peer: HostilePeer, event: { eventId: string; json: JsonObject }) => {
		const roomId = String(event.json["room_id"]);
		const room = encodeURIComponent(roomId);
		const userId = `@mallory:${peer.name}`;
		const v1 = "/_matrix/federation/v1";
		const get = (uri: string) => askKith(kith, peer, { method: "GET", uri });
		const asked = [
			await askKith(kith, peer, makeJoin(roomId, userId)),
			await get(`${v1}/state/${room}?event_id=${encodeURIComponent(event.eventId)}`),
			await get(`${v1}/state_ids/${room}?event_id=${encodeURIComponent(event.eventId)}`),
			await get(`${v1}/event_auth/${path(roomId, event.eventId)}`),
			await get(`${v1}/backfill/${room}?v=${encodeURIComponent(event.eventId)}&limit=10`),
			await get(`${v1}/timestamp_to_event/${room}?ts=0&dir=f`),
			await askKith(kith, peer, {
				...{ method: "POST", uri: `${v1}/get_missing_events/${room}` },
				content: { earliest_events: [], latest_events: [event.eventId], limit: 10 },
			}),
			await askKith(kith, peer, {
				...{ method: "PUT", uri: `/_matrix/federation/v2/send_join/${path(roomId, event.eventId)}` },
				content: event.json,
			}),
		];
		const content = { origin: peer.name, origin_server_ts: Date.now(), pdus: [event.json], edus: [] };
		const told = await askKith(kith, peer, { method: "PUT", uri: `${v1}/send/${randomUUID()}`, content });
		return { asked: asked.map(({ status }) => status), told };
	};

	it.each([
		["its name in capitals", "LOCALHOST", ["localhost"]],
		["a dot behind its name", "localhost.", ["localhost"]],
		["a port", "localhost", ["localhost"]],
		["an address for its name", "127.0.0.1", ["127.0.0.*"]],
		["the long form of its address", "[0:0:0:0:0:0:0:1]", ["[::1]"]],
		["the short form of its address", "[::1]", ["[0000:0000:0000:0000:0000:0000:0000:0001]"]],
		["an IPv6 address with an IPv4 one within", "[::ffff:127.0.0.1]", ["127.0.0.1"]],
	])("is not got past with %s", async (_name, host, deny) => {
		const { kith, startPeer } = /localhost/i.test(host) ? addressed : setting;
		await using peer = await startPeer(host);
		const owner = await kith.register("owner");
		const roomId = await makeRoom(owner);
		const mallory = await joinAsGuest(kith, peer, { roomId, localpart: "mallory" });
		await owner.setServerAcl(roomId, deny);
		const before = await readDatabase(kith);
		const event = mallory.forge();
		const { asked, told } = await knocksAt(kith, peer, event);
		expect(asked).toEqual(asked.map(() => 403));
		const error = "Your server is denied access to the room";
		expect(told).toEqual({ status: 200, content: { pdus: { [event.eventId]: { error } } } });
		expect(await readDatabase(kith)).toEqual(before);
		await logged(kith, { peer: peer.name, event: event.eventId, rule: "TXN-05" });
	});

	it("stays closed to the banned where another room opens it", async () => {
		const { kith, peer } = setting;
		const [club, roomId] = [await makeRoom(), await makeRoom()];
		await ada.setJoinRule(roomId, "restricted", [club]);
		const trudy = await joinAsGuest(kith, peer, { roomId: club, localpart: "trudy" });
		await joinAsGuest(kith, peer, { roomId: club, localpart: "vera" });
		await joinAsGuest(kith, peer, { roomId, localpart: "vera" });
		await ada.ban(roomId, trudy.userId);
		const before = await readStoredRoom(kith, roomId);

		expect(await askKith(kith, peer, makeJoin(roomId, trudy.userId))).toMatchObject({ status: 403 });
		await logged(kith, {
			peer: peer.name,
			endpoint: "GET /_matrix/federation/v1/make_join/{roomId}/{userId}",
			status: 403,
		});
		// The place that somebody else of the club is given, taken for oneself.
		await joinAsGuest(kith, peer, { roomId: club, localpart: "zoe" });
		const made = await askKith(kith, peer, makeJoin(roomId, `@zoe:${peer.name}`));
		const template = made.content["event"] as JsonObject;
		expect((template["content"] as JsonObject)["join_authorised_via_users_server"]).toBe(ada.userId);
		const join = signForged({ ...template, sender: trudy.userId, state_key: trudy.userId }, peer);
		const uri = `/_matrix/federation/v2/send_join/${path(roomId, join.eventId)}`;
		expect(await askKith(kith, peer, { method: "PUT", uri, content: join.json })).toMatchObject({ status: 403 });
		await logged(kith, { peer: peer.name, event: join.eventId, status: 403 });
		await trudy.send([join]);
		await eventually(async () => expect(await waitingPdus(kith, roomId)).toBe(0));
		const after = await readStoredRoom(kith, roomId);
		expect(after.state).toEqual(before.state);
		expect(after.shown).toEqual(before.shown);
	});

	const inviteInto = async (roomState: (create: JsonObject) => unknown, changes: JsonObject = {}) => {
		const { kith, peer } = setting;
		const room = makeHostileRoom(peer);
		const create = room.state("m.room.create")?.json ?? {};
		const { eventId, json } = room.build({
			...{ type: "m.room.member", stateKey: ada.userId },
			content: { membership: "invite" },
		});
		const told = await askKith(kith, peer, {
			...{ method: "PUT", uri: `/_matrix/federation/v2/invite/${path(room.roomId, eventId)}` },
			content: { room_version: "12", event: json, invite_room_state: roomState(create) as JsonObject[], ...changes },
		});
		return { told, eventId, roomId: room.roomId };
	};

	it("is not talked open by an invitation with hundreds of events, with another room's, or with what is none", async () => {
		const { kith, peer } = setting;
		const strange = makeHostileRoom(peer).state("m.room.create")?.json ?? {};
		const name = { type: "m.room.name", state_key: "", sender: `@a:${peer.name}`, content: { name: "Prize" } };
		const before = await readDatabase(kith);
		const lies: readonly ((create: JsonObject) => unknown)[] = [
			(create) => [create, ...Array.from({ length: 300 }, () => name)],
			(create) => [create, ...Array.from({ length: 50 }, () => name)],
			() => [strange],
			() => [],
			() => "everything",
			(create) => [create, 7],
			(create) => [{ ...create, content: { room_version: "12", additional_creators: [ada.userId] } }],
		];
		for (const [at, lie] of lies.entries()) {
			const { told, eventId, roomId } = await inviteInto(lie);
			expect([at, told]).toMatchObject([at, { status: 400, content: { errcode: "M_INVALID_PARAM" } }]);
			expect(await ada.membership(roomId)).toBeUndefined();
			await logged(kith, { peer: peer.name, event: eventId, rule: "MEM-INVITE", status: 400 });
		}
		expect(await readDatabase(kith)).toEqual(before);
		const { roomId } = await inviteInto((create) => [create, name]);
		expect(await ada.membership(roomId)).toBe("invite");
	});

	it("is not talked open by an invitation of a version that nobody knows", async () => {
		const before = await readDatabase(setting.kith);
		const { told } = await inviteInto((create) => [create], { room_version: "99" });
		expect(told).toMatchObject({ status: 400, content: { errcode: "M_INCOMPATIBLE_ROOM_VERSION" } });
		expect(await readDatabase(setting.kith)).toEqual(before);
	});
});
