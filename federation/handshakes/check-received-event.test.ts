import { beforeEach, describe, expect, it } from "vitest";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import { buildEvent, type ProtoEvent } from "../events/build-event.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { stateMapKey } from "../events/state-key.ts";
import type { EventId, RoomId, UserId } from "../identifiers/identifier-types.ts";
import { withKey, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { roomId, serverName, userId } from "../testing/identifiers.ts";
import { inMemoryPorts } from "../testing/in-memory-ports.ts";
import { InMemoryRoom } from "../testing/in-memory-room.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { checkReceivedEvent } from "./check-received-event.ts";
import type { ReceivedEvent, ReceivingPorts } from "./received-event.ts";

const alice = userId("@alice:one.example");
const bob = userId("@bob:two.example");
const startTs = 1_700_000_000_000;
const signers = new Map(["one.example", "two.example"].map((name) => [name, testSigner(name)]));

type Proto = Omit<ProtoEvent, "roomId">;
interface Place {
	readonly prevEvents?: readonly EventId[];
	readonly authEvents?: readonly EventId[];
}

const topic = (sender: UserId): Proto => ({ sender, type: "m.room.topic", stateKey: "", content: { topic: "t" } });
const member = (sender: UserId, target: UserId, content: string): Proto => ({
	sender,
	type: "m.room.member",
	stateKey: target,
	content: { membership: content },
});

describe.each(["6", "11", "12"] as const)("receiving in version %s", (versionId) => {
	const version = roomVersions[versionId];
	let room: InMemoryRoom;
	let ports: ReceivingPorts;
	let id: RoomId | undefined;
	let extremity: readonly EventId[];
	let ticks = 0;

	const stateLookup = (prevEvents: readonly EventId[]) => {
		const state = room.stateAt(prevEvents);
		return (type: string, stateKey: string) => state.get(stateMapKey(type, stateKey));
	};

	const build = (proto: Proto, place: Place = {}): RoomEvent => {
		const prevEvents = place.prevEvents ?? extremity;
		const signer = signers.get(proto.sender.split(":")[1] ?? "");
		if (signer === undefined) throw new Error("nobody signs for the sender");
		const lookup = stateLookup(prevEvents.filter((prev) => room.knows([prev])));
		const keys = authEventKeys({ stateKey: undefined, ...proto }, version);
		ticks += 1;
		const built = buildEvent(
			{ ...proto, roomId: proto.type === "m.room.create" && versionId === "12" ? undefined : id },
			{
				version,
				signer,
				prevEvents: prevEvents.map((eventId) => ({ eventId, depth: room.event(eventId)?.depth ?? 1 })),
				authEvents: place.authEvents ?? keys.flatMap(([type, stateKey]) => lookup(type, stateKey) ?? []),
				originServerTs: startTs + ticks,
			},
		);
		if (built.kind === "refused") throw new Error(built.detail);
		return built.event;
	};

	const check = (pdu: JsonObject, with_: Partial<ReceivingPorts> = {}): Promise<ReceivedEvent> => {
		if (id === undefined) throw new Error("the room has no id");
		return checkReceivedEvent(pdu, { roomId: id, version }, { ...ports, ...with_ });
	};

	/** Sends an event through the checks and stores it. */
	const store = async (proto: Proto, place: Place = {}): Promise<RoomEvent> => {
		const event = build(proto, place);
		id ??= event.roomId;
		const outcome = await check(event.json);
		if (outcome.kind !== "accepted") throw new Error(`${proto.type} was not accepted`);
		room.add(event, "accepted");
		extremity = [event.eventId];
		return event;
	};

	beforeEach(async () => {
		room = new InMemoryRoom(version);
		id = versionId === "12" ? undefined : roomId("!room:one.example");
		extremity = [];
		ports = inMemoryPorts(room, {
			verifier: nobleVerifier,
			keys: (server) => {
				const publicKey = signers.get(server)?.publicKey;
				return publicKey && { kind: "current", publicKey, validUntilTs: startTs * 2, receivedTs: startTs };
			},
		});
		const creator = versionId === "6" ? { creator: alice } : {};
		const state = (type: string, content: JsonObject) => ({ sender: alice, type, stateKey: "", content });
		await store(state("m.room.create", { room_version: versionId, ...creator }));
		await store(member(alice, alice, "join"));
		const users = versionId === "12" ? { [bob]: 50 } : { [alice]: 100, [bob]: 50 };
		await store(state("m.room.power_levels", { users }));
		await store(state("m.room.join_rules", { join_rule: "public" }));
		await store(member(bob, bob, "join"));
	});

	it("RCV-ACCEPT: accepts what passes every check", async () => {
		const event = build(topic(bob));
		expect(await check(event.json)).toEqual({ kind: "accepted", event, isRedacted: false });
	});

	it("RCV-FORMAT: drops what is no event", async () => {
		const pdu = withoutKeys(build(topic(bob)).json, ["sender"]);
		expect(await check(pdu)).toMatchObject({ kind: "dropped", rule: "EVT-04", isTransient: false });
	});

	it("RCV-ROOM: drops an event of another room", async () => {
		const elsewhere = versionId === "12" ? `!${"A".repeat(43)}` : "!other:one.example";
		const pdu = build(topic(bob)).json;
		const outcome = await checkReceivedEvent(pdu, { roomId: roomId(elsewhere), version }, ports);
		expect(outcome).toMatchObject({ kind: "dropped", rule: "RCV-ROOM" });
	});

	it("RCV-SIGNATURES: drops what its sender's server did not sign", async () => {
		const pdu = withKey(build(topic(bob)).json, "depth", 99);
		expect(await check(pdu)).toMatchObject({ kind: "dropped", rule: "SIG-04", isTransient: false });
	});

	it("RCV-SIGNATURES: a key that could not be asked for makes the drop a transient one", async () => {
		const pdu = build(topic(bob)).json;
		const none = { keys: () => undefined, unreachable: new Set([serverName("two.example")]) };
		const asked: unknown[] = [];
		const find: ReceivingPorts["keys"]["find"] = async (wanted) => {
			asked.push(...wanted);
			return none;
		};
		expect(await check(pdu, { keys: { find } })).toMatchObject({ kind: "dropped", rule: "SIG-03", isTransient: true });
		expect(asked).toEqual([{ server: "two.example", keyId: "ed25519:auto", validAtTs: startTs + ticks }]);
		const answered = { find: async () => ({ ...none, unreachable: new Set<never>() }) };
		expect(await check(pdu, { keys: answered })).toMatchObject({ kind: "dropped", rule: "SIG-03", isTransient: false });
	});

	it("RCV-HASH: goes on with the redacted copy where the content hash is wrong", async () => {
		const { json, eventId } = build(topic(bob));
		const outcome = await check(withKey(json, "content", { topic: "altered" }));
		expect(outcome).toMatchObject({ kind: "accepted", isRedacted: true, event: { eventId } });
		// An object to match is also matched by more than it holds.
		expect(outcome.kind === "accepted" && Object.keys(outcome.event.content)).toEqual([]);
	});

	it("RCV-AUTH-EVENTS: rejects what its auth events do not allow", async () => {
		const kicked = build(member(bob, alice, "leave"));
		expect(await check(kicked.json)).toMatchObject({ kind: "rejected", by: "authEvents", rule: "AUTH-LEAVE-KICK" });
	});

	it("RCV-AUTH-EVENTS: rejects what cites a rejected event, or one that does not belong there", async () => {
		const rejected = build({ ...topic(alice), type: "m.room.power_levels", content: { users: {}, ban: 7 } });
		room.add(rejected, "rejected");
		const lookup = stateLookup(extremity);
		const cited = authEventKeys({ ...topic(bob), stateKey: "" }, version)
			.map(([type, stateKey]) => (type === "m.room.power_levels" ? rejected.eventId : lookup(type, stateKey)))
			.filter((eventId) => eventId !== undefined);
		const onRejected = build(topic(bob), { authEvents: cited });
		expect(await check(onRejected.json)).toMatchObject({ kind: "rejected", rule: "AUTH-EVENTS-REJECTED" });
		const joinRules = lookup("m.room.join_rules", "") as EventId;
		const stray = build(topic(bob), { authEvents: [joinRules] });
		expect(await check(stray.json)).toMatchObject({ kind: "rejected", rule: "AUTH-EVENTS-SELECTION" });
	});

	it("RCV-MISSING: an auth event that is not stored has to be brought first", async () => {
		const known = build(topic(bob)).authEvents;
		const unknown = `$${"u".repeat(43)}` as EventId;
		const event = build(topic(bob), { authEvents: [...known.slice(1), unknown] });
		expect(await check(event.json)).toMatchObject({
			kind: "incomplete",
			missingAuthEvents: [unknown],
			isStateMissing: false,
		});
	});

	it("RCV-MISSING: so has a previous event, once the auth events allow the event", async () => {
		const event = build(topic(bob), {
			prevEvents: [`$${"p".repeat(43)}` as EventId],
			authEvents: build(topic(bob)).authEvents,
		});
		expect(await check(event.json)).toMatchObject({ kind: "incomplete", missingAuthEvents: [], isStateMissing: true });
	});

	it("RCV-STATE-BEFORE: rejects what the state before it does not allow, though its auth events do", async () => {
		const { authEvents } = build(topic(bob));
		await store(member(alice, bob, "ban"));
		const event = build(topic(bob), { authEvents });
		expect(await check(event.json)).toMatchObject({
			kind: "rejected",
			by: "stateBefore",
			rule: "AUTH-SENDER-JOINED",
			event: { eventId: event.eventId },
		});
	});

	it("RCV-CURRENT: soft-fails what only the current state does not allow", async () => {
		const late = build(topic(bob));
		await store(member(alice, bob, "ban"));
		expect(await check(late.json)).toMatchObject({ kind: "softFailed", rule: "AUTH-SENDER-JOINED", isRedacted: false });
	});

	it("RCV-CURRENT: a soft-failed event changes the state after it, but not the room's end", async () => {
		const late = build(topic(bob));
		const ban = await store(member(alice, bob, "ban"));
		room.add(late, "softFailed");
		expect(room.extremities).toEqual([ban]);
		expect(room.stateAfter(late.eventId).get(stateMapKey("m.room.topic", ""))).toBe(late.eventId);
		const after = build(topic(alice), { prevEvents: [late.eventId, ban.eventId] });
		expect(await check(after.json)).toMatchObject({ kind: "accepted" });
	});

	it("RCV-POLICY: soft-fails what the policy server does not recommend", async () => {
		const policyServer = { recommendation: async () => ({ kind: "notRecommended", detail: "spam" }) as const };
		const outcome = await check(build(topic(bob)).json, { policyServer });
		expect(outcome).toMatchObject({ kind: "softFailed", rule: "RCV-POLICY", detail: "spam" });
	});

	it("RCV-POLICY: does not ask about the event that names the policy server, nor about what fails before", async () => {
		let asked = 0;
		const policyServer = {
			recommendation: async () => {
				asked += 1;
				return { kind: "recommended" } as const;
			},
		};
		const policy = build({ ...topic(alice), type: "m.room.policy", content: {} });
		expect(await check(policy.json, { policyServer })).toMatchObject({ kind: "accepted" });
		await check(build(member(bob, alice, "leave")).json, { policyServer });
		expect(asked).toBe(0);
		expect(await check(build(topic(bob)).json, { policyServer })).toMatchObject({ kind: "accepted" });
		expect(asked).toBe(1);
	});

	it("RCV-ORDER: the earlier check decides", async () => {
		const prevEvents = [`$${"p".repeat(43)}` as EventId];
		const authEvents = build(member(bob, alice, "leave")).authEvents;
		const refused = build(member(bob, alice, "leave"), { prevEvents, authEvents });
		expect(await check(refused.json)).toMatchObject({ kind: "rejected", by: "authEvents" });
		const unsigned = withKey(refused.json, "signatures", {});
		expect(await check(unsigned)).toMatchObject({ kind: "dropped", rule: "SIG-02" });
		expect(await check(withKey(unsigned, "depth", -1))).toMatchObject({ kind: "dropped", rule: "EVT-10" });
	});
});
