import { expect, it } from "vitest";
import { redactJson } from "../../../../federation/events/redact-event.ts";
import { policyKeyId } from "../../../../federation/handshakes/policy-signature.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeBase64 } from "../../../../federation/json/base64.ts";
import { getObject, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { roomVersions } from "../../../../federation/room-versions/room-versions.ts";
import { signableBytes } from "../../../../federation/signing/sign-json.ts";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { createTestPeers, type TestPeer } from "../../../../tests/setup/test-peers.ts";
import { deliver, groupOf } from "../../../../tests/setup/two-peers.ts";

const guard = "guard.example";
const policySigner = testSigner(guard, "policy_server");
const spam: PeerAnswer = { kind: "refused", status: 400, errcode: "M_FORBIDDEN", message: "", retryAfterMs: undefined };

const signatureOf = (event: JsonObject, signer = policySigner): PeerAnswer => {
	const signature = signer.sign(signableBytes(redactJson(event, roomVersions["12"])));
	return {
		kind: "answered",
		content: jsonObject([[guard, jsonObject([[policyKeyId, encodeBase64(signature)]])]]),
	};
};

/** Signs all but what speaks of spam. */
const judge = (event: JsonObject): PeerAnswer =>
	String(getObject(event, "content")?.["body"]).includes("spam") ? spam : signatureOf(event);

/** A room of alice's with bob of another server, and somebody of the policy server that it names. */
const openGuarded = async (options: { readonly isGuardIn?: boolean } = {}) => {
	const peers = await createTestPeers(["one.example", "two.example", guard]);
	const [one, two, third] = [peers.peer("one.example"), peers.peer("two.example"), peers.peer(guard)];
	const [alice, bob, warden] = [
		await one.addPerson("alice"),
		await two.addPerson("bob"),
		await third.addPerson("warden"),
	];
	const roomId = await groupOf(one, alice, [bob, warden]);
	await two.rooms.join({ userId: bob, room: roomId });
	if (options.isGuardIn !== false) await third.rooms.join({ userId: warden, room: roomId });
	await deliver(one, two, roomId);
	const asked: JsonObject[] = [];
	peers.network.signPolicy = (_, { content = jsonObject() }) => {
		asked.push(content);
		return judge(content);
	};
	return { ...peers, one, two, third, alice, bob, roomId, asked };
};

const namePolicy = (
	server: TestPeer,
	{ sender, roomId, key = policySigner.publicKey }: { sender: UserId; roomId: RoomId; key?: Uint8Array },
): Promise<void> =>
	server.lane.submit({
		rooms: [roomId],
		users: [sender],
		plan: (context) => {
			const content = jsonObject([
				["via", guard],
				["public_keys", jsonObject([["ed25519", encodeBase64(key)]])],
			]);
			context.room(roomId).add({ type: "m.room.policy", stateKey: "", sender, content });
		},
	});

const say = (server: TestPeer, userId: UserId, { roomId, body }: { readonly roomId: RoomId; readonly body: string }) =>
	server.messages.send({ userId, roomId, transactionId: server.transactionId(), body });
const codeOf = (failing: Promise<unknown>) =>
	failing.then(
		() => "went",
		(error) => error.code,
	);

const bodiesAt = async (server: TestPeer, roomId: RoomId) => {
	const { rows } = await server.database.pool.query<{ json: string; verdict: number }>(
		`SELECT e.json, e.verdict FROM events e JOIN rooms r ON r.nid = e.room_nid
		WHERE r.id = $1 AND e.type = 'm.room.message' ORDER BY e.nid`,
		[roomId],
	);
	return rows.map(({ json, verdict }) => {
		const event: JsonObject = JSON.parse(json);
		const isSigned = getObject(getObject(event, "signatures") ?? {}, guard) !== undefined;
		return `${getObject(event, "content")?.["body"]}${isSigned ? ", signed" : ""}${verdict === 0 ? "" : ", not shown"}`;
	});
};

it("has what is written in the room signed before it is stored, and stores nothing that is refused", async () => {
	await using room = await openGuarded();
	const { one, two, alice, bob, roomId, asked } = room;
	await namePolicy(one, { sender: alice, roomId });
	expect(asked).toEqual([]);
	await say(one, alice, { roomId, body: "good morning" });
	expect(await codeOf(say(one, alice, { roomId, body: "cheap spam" }))).toBe("policy-refused");
	expect(await bodiesAt(one, roomId)).toEqual(["good morning, signed"]);
	// Whoever gets a signed one need not ask.
	const before = asked.length;
	await deliver(one, two, roomId);
	expect(await bodiesAt(two, roomId)).toEqual(["good morning, signed"]);
	expect(asked).toHaveLength(before);
	await say(two, bob, { roomId, body: "to you too" });
	await deliver(two, one, roomId);
	expect(await bodiesAt(one, roomId)).toEqual(["good morning, signed", "to you too, signed"]);
});

it("waits for a policy server that is away, and keeps nobody in the room meanwhile", async () => {
	await using room = await openGuarded();
	const { one, alice, roomId, down } = room;
	await namePolicy(one, { sender: alice, roomId });
	down.add(guard);
	expect(await codeOf(say(one, alice, { roomId, body: "anybody there?" }))).toBe("unavailable");
	expect(await bodiesAt(one, roomId)).toEqual([]);
	await one.rooms.leave({ userId: alice, roomId });
	expect((await one.members(roomId))[alice]).toBe("leave");
});

it("hides what came without a signature that the policy server does not give, and shows what it does", async () => {
	await using room = await openGuarded();
	const { one, two, alice, bob, roomId, down } = room;
	await namePolicy(one, { sender: alice, roomId });
	// The other server has not heard of the policy yet.
	for (const body of ["hello", "spam for you"]) await say(two, bob, { roomId, body });
	await deliver(two, one, roomId);
	expect(await bodiesAt(one, roomId)).toEqual(["hello", "spam for you, not shown"]);
	down.add(guard);
	await say(two, bob, { roomId, body: "later" });
	await deliver(two, one, roomId);
	expect((await bodiesAt(one, roomId)).at(-1)).toBe("later, not shown");
});

it("takes no signature by another key than the room names, nor one of another event", async () => {
	await using room = await openGuarded();
	const { one, alice, roomId, network } = room;
	await namePolicy(one, { sender: alice, roomId });
	const other = signatureOf(jsonObject([["type", "m.room.message"]]));
	const lies: readonly ((event: JsonObject) => PeerAnswer)[] = [
		(event) => signatureOf(event, testSigner(guard, "auto")),
		() => other,
		() => ({ kind: "answered", content: jsonObject() }),
		() => ({ kind: "answered", content: jsonObject([[guard, 7]]) }),
	];
	for (const lie of lies) {
		network.signPolicy = (_, { content = jsonObject() }) => lie(content);
		expect(await codeOf(say(one, alice, { roomId, body: "true" }))).toBe("policy-refused");
	}
	expect(await bodiesAt(one, roomId)).toEqual([]);
});

it("asks nobody whose server is not in the room, and can always be named anew", async () => {
	await using room = await openGuarded({ isGuardIn: false });
	const { one, alice, roomId, asked } = room;
	await namePolicy(one, { sender: alice, roomId });
	await say(one, alice, { roomId, body: "no guard here" });
	await namePolicy(one, { sender: alice, roomId, key: testSigner(guard, "next").publicKey });
	expect(await bodiesAt(one, roomId)).toEqual(["no guard here"]);
	expect(asked).toEqual([]);
});
