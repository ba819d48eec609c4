import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { peakMemory } from "../../server-process/peak-memory.ts";
import { eventually } from "../eventually.ts";
import type { Person } from "../homeserver.ts";
import { type HostileRoom, type JoinAnswer, makeHostileRoom } from "./hostile-room.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";
import { logged } from "./server-log.ts";
import { readDatabase } from "./stored-database.ts";

const without = (answer: JoinAnswer, ...events: readonly (JsonObject | undefined)[]): JsonObject => {
	const gone = new Set(events);
	const keep = (pdu: JsonObject): boolean => !gone.has(pdu);
	return { ...answer, state: answer.state.filter(keep), auth_chain: answer.auth_chain.filter(keep) };
};

const replaced = (answer: JoinAnswer, old: JsonObject | undefined, ...by: readonly JsonObject[]): JsonObject => ({
	...answer,
	state: answer.state.flatMap((pdu) => (pdu === old ? by : [pdu])),
});

describe("a server that lies about the room that somebody joins", () => {
	let setting: HostileSetting;
	let ada: Person;
	beforeAll(async () => {
		setting = await hostileSetting();
		ada = await setting.kith.register("ada");
	});
	afterAll(() => setting?.[Symbol.asyncDispose]());

	const stateOf = (room: HostileRoom, type: string): JsonObject => room.state(type)?.json ?? {};
	const levels = (room: HostileRoom) => stateOf(room, "m.room.power_levels");
	const rules = (room: HostileRoom) => stateOf(room, "m.room.join_rules");
	const stranger = (): UserId => `@stranger:${setting.other.name}` as UserId;
	const grab = (room: HostileRoom) =>
		room.build(
			{ sender: stranger(), type: "m.room.power_levels", stateKey: "", content: { users: { [stranger()]: 100 } } },
			{ signer: setting.other.signer },
		).json;

	/** What is said instead of the truth, and the rule by which it is found out. */
	const lies: readonly (readonly [string, string, (room: HostileRoom, answer: JoinAnswer) => JsonObject])[] = [
		["no create event", "MEM-AUTH-CHAIN", (room, answer) => without(answer, room.state("m.room.create")?.json)],
		["the state of another room", "RCV-ROOM", (_, answer) => ({ ...answer, state: otherState() })],
		[
			"another room's state besides",
			"RCV-ROOM",
			(_, answer) => ({ ...answer, state: [...answer.state, ...otherState()] }),
		],
		[
			"power levels that nobody with the power made",
			"AUTH-SENDER-JOINED",
			(room, answer) => replaced(answer, levels(room), grab(room)),
		],
		[
			"power levels that somebody else signed",
			"SIG-02",
			(room, answer) =>
				replaced(
					answer,
					levels(room),
					room.build({ type: "m.room.power_levels", stateKey: "", content: {} }, { signer: setting.other.signer }).json,
				),
		],
		[
			"two events for one piece of state",
			"MEM-STATE",
			(room, answer) =>
				replaced(
					answer,
					levels(room),
					levels(room),
					room.build({ type: "m.room.power_levels", stateKey: "", content: { ban: 1 } }).json,
				),
		],
		[
			"join rules that the join does not stand on",
			"AUTH-JOIN-INVITED",
			(room, answer) => ({
				...replaced(answer, rules(room), room.build({ type: "m.room.join_rules", stateKey: "", content: {} }).json),
				auth_chain: [...answer.auth_chain, rules(room)],
			}),
		],
		[
			"not what the join stands on",
			"MEM-AUTH-CHAIN",
			(room, answer) => without(answer, room.state("m.room.member", room.owner)?.json, levels(room), rules(room)),
		],
		[
			"no state, but all that it stands on",
			"MEM-CREATE",
			(_, answer) => ({ ...answer, state: [], auth_chain: [...answer.auth_chain, ...answer.state] }),
		],
		[
			"state that sets nothing",
			"MEM-STATE",
			(room, answer) => ({ ...answer, state: [...answer.state, message(room)] }),
		],
		[
			"nothing, as if only members were left out",
			"MEM-AUTH-CHAIN",
			(_, answer) => ({ ...answer, members_omitted: true, state: [] }),
		],
		["no lists", "MEM-ANSWER", (_, answer) => ({ ...answer, state: "all of it" })],
		["things that are no events", "MEM-ANSWER", (_, answer) => ({ ...answer, auth_chain: [[], 7, null] })],
	];
	const otherState = (): readonly JsonObject[] => {
		const other = makeHostileRoom(setting.peer);
		return [...other.events.values()].map(({ json }) => json);
	};
	const message = (room: HostileRoom): JsonObject =>
		room.build({ type: "m.room.message", content: { msgtype: "m.text", body: "I am no state" } }).json;

	it("is believed when it tells the truth, which the lies are held against", async () => {
		const room = makeHostileRoom(setting.peer);
		expect(await ada.join(room.roomId, [setting.peer.name])).toBe(room.roomId);
		expect((await ada.members(room.roomId)).get(room.owner)).toBe("join");
	});

	it.each(lies)("achieves nothing with %s", async (_name, rule, lie) => {
		const { kith, peer } = setting;
		const room = makeHostileRoom(peer);
		room.lie((answer) => lie(room, answer));
		const before = await readDatabase(kith);
		await expect(ada.join(room.roomId, [peer.name])).rejects.toThrow("server-not-trusted");
		expect(await readDatabase(kith)).toEqual(before);
		await logged(kith, { peer: peer.name, room: room.roomId, rule });
	});

	it("has a member whom its server does not know left out, and says which event that was", async () => {
		const { kith, peer, other } = setting;
		const room = makeHostileRoom(peer);
		const sender = stranger();
		const content = { membership: "join" };
		const member = room.build({ sender, type: "m.room.member", stateKey: sender, content });
		room.lie((answer) => ({ ...answer, state: [...answer.state, member.json] }));
		await ada.join(room.roomId, [peer.name]);
		expect([...(await ada.members(room.roomId)).keys()].sort()).toEqual([ada.userId, room.owner].sort());
		expect(other.seen.every(({ uri }) => uri.startsWith("/_matrix/key/"))).toBe(true);
		await logged(kith, { peer: peer.name, room: room.roomId, event: member.eventId, rule: "SIG-02" });
	});

	it("has a member left out whose server's keys had ended, and one who is of the future", async () => {
		const { kith, peer, startPeer } = setting;
		const room = makeHostileRoom(peer);
		await using past = await startPeer();
		await using future = await startPeer();
		const hour = 3_600_000;
		past.publish(past.keyDocument({ valid_until_ts: Date.now() - hour }));
		// However long a server says, its key counts for a week after it was fetched.
		future.publish(future.keyDocument({ valid_until_ts: Date.now() + 10_000 * hour }));
		const late = [
			[past, Date.now()],
			[future, Date.now() + 24 * 8 * hour],
		] as const;
		const members = late.map(([{ name, signer }, originServerTs]) => {
			const sender = `@late:${name}` as UserId;
			const said = { sender, type: "m.room.member", stateKey: sender, content: { membership: "join" } };
			return room.build(said, { signer, originServerTs });
		});
		room.lie((answer) => ({ ...answer, state: [...answer.state, ...members.map(({ json }) => json)] }));
		await ada.join(room.roomId, [peer.name]);
		expect([...(await ada.members(room.roomId)).keys()].sort()).toEqual([ada.userId, room.owner].sort());
		for (const { eventId: event } of members) {
			await logged(kith, { peer: peer.name, room: room.roomId, event, rule: "SIG-03" });
		}
	});

	it.each(["10", "11"] as const)(
		"may not begin a room of version %s under the name of another server",
		async (version) => {
			const { kith, peer, other } = setting;
			const room = makeHostileRoom(peer, { version, server: other.name });
			const before = await readDatabase(kith);
			await expect(ada.join(room.roomId, [peer.name])).rejects.toThrow("server-not-trusted");
			expect(await readDatabase(kith)).toEqual(before);
			await logged(kith, { peer: peer.name, room: room.roomId, rule: "AUTH-EVENTS-REJECTED" });
		},
	);

	it("is not listened to for ever: an answer without end costs no memory that stays, and nobody is let in", async () => {
		const { kith, peer } = setting;
		const room = makeHostileRoom(peer);
		const padding = Buffer.alloc(1_048_576, " ");
		let sent = 0;
		peer.answer(`/_matrix/federation/v2/send_join/${encodeURIComponent(room.roomId)}/`, (_, response) => {
			response.on("error", () => undefined);
			response.writeHead(200, { "content-type": "application/json" }).write('{"state":[');
			const more = (): void => {
				while (!response.destroyed && response.write(padding)) sent += padding.length;
				sent += padding.length;
				response.once("drain", more);
			};
			more();
		});
		const before = await readDatabase(kith);
		const memory = peakMemory(kith.pid);
		await expect(ada.join(room.roomId, [peer.name])).rejects.toThrow("server-unreachable");
		expect(await memory.grownBy()).toBeLessThan(400 * 1_048_576);
		expect(sent).toBeLessThan(256 * 1_048_576);
		expect(await readDatabase(kith)).toEqual(before);
		await logged(kith, { peer: peer.name, room: room.roomId, reason: "answerTooLarge" });
		const next = await ada.createRoom({ version: "12", name: "Still here" });
		await eventually(async () => expect(await ada.membership(next)).toBe("join"));
	});
});
