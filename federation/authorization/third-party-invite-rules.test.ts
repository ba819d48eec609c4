import { ed25519 } from "@noble/curves/ed25519.js";
import { expect, test } from "vitest";
import { encodeBase64, encodeBase64Url } from "../json/base64.ts";
import { canonicalJsonBytes } from "../json/canonical-json.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import {
	alice,
	bob,
	carol,
	decide,
	isAllowed,
	isRefusedBy,
	levels,
	versions,
} from "../testing/authorization-checks.ts";
import { type TestEvent, type TestRoom, testRoom } from "../testing/event-factory.ts";
import { authorizerWith } from "./authorize-event.ts";

const secret = new Uint8Array(32).fill(7);
const publicKey = ed25519.getPublicKey(secret);
const otherPublicKey = ed25519.getPublicKey(new Uint8Array(32).fill(8));
const token = "abc123";

const signatureOf = (signed: JsonObject): string => encodeBase64(ed25519.sign(canonicalJsonBytes(signed), secret));
const signFor = (mxid: string): JsonObject => {
	const signed = { mxid, token, sender: bob };
	return { ...signed, signatures: { "id.example": { "ed25519:0": signatureOf(signed) } } };
};

/** Bob, by now without any right, has invited an address; the redeeming event is sent in his name. */
const roomWithInvite = (id: RoomVersionId, content: JsonObject = { public_key: encodeBase64(publicKey) }): TestRoom => {
	const room = testRoom(id, { powerLevels: levels(id, { invite: 50 }) });
	room.append({ type: "m.room.third_party_invite", sender: bob, stateKey: token, content });
	return room;
};
const redeem = (third_party_invite: JsonObject | null, sender = bob): TestEvent => {
	const content = { membership: "invite", third_party_invite };
	return { type: "m.room.member", sender, stateKey: carol, content };
};

test.each(versions("6"))("AUTH-3PID-SIGNATURE: allows a signature by a key of the invite (v%s)", (id) => {
	expect(decide(roomWithInvite(id), redeem({ signed: signFor(carol) }))).toEqual(isAllowed);
	const keys = [{ public_key: encodeBase64(otherPublicKey) }, { public_key: encodeBase64(publicKey) }];
	expect(decide(roomWithInvite(id, { public_keys: keys }), redeem({ signed: signFor(carol) }))).toEqual(isAllowed);
	const urlSafe = roomWithInvite(id, { public_key: encodeBase64Url(publicKey) });
	expect(decide(urlSafe, redeem({ signed: signFor(carol) }))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-3PID-SIGNATURE: refuses other keys, other bytes and other algorithms (v%s)", (id) => {
	const refusal = isRefusedBy("AUTH-3PID-SIGNATURE");
	const good = signFor(carol);
	for (const content of [{}, { public_key: encodeBase64(otherPublicKey) }, { public_key: "?" }, { public_keys: [1] }]) {
		expect(decide(roomWithInvite(id, content), redeem({ signed: good }))).toMatchObject(refusal);
	}
	const signature = signatureOf({ mxid: carol, token, sender: bob });
	const wrong = [
		{ ...good, extra: 1 },
		{ ...good, signatures: { "id.example": { "rsa:0": signature } } },
		{ ...good, signatures: { "id.example": { "ed25519:0": signature.slice(4) } } },
		{ ...good, signatures: { "id.example": signature } },
		{ ...good, signatures: [signature] },
		{ mxid: carol, token },
	];
	for (const signed of wrong) expect(decide(roomWithInvite(id), redeem({ signed }))).toMatchObject(refusal);
});

test("AUTH-3PID-SIGNATURE: refuses an event that would take more than 64 attempts", () => {
	let attempts = 0;
	const verifier: SignatureVerifier = {
		verify: () => {
			attempts += 1;
			return false;
		},
	};
	const keysOf = (count: number): JsonObject => ({
		public_keys: Array.from({ length: count }, (_, at) => ({ public_key: encodeBase64(new Uint8Array(32).fill(at)) })),
	});
	const attemptsWith = (count: number): number => {
		attempts = 0;
		const room = roomWithInvite("12", keysOf(count));
		const decision = authorizerWith(verifier)(
			room.build(redeem({ signed: signFor(carol) })),
			room.authState(),
			room.version,
		);
		expect(decision).toMatchObject(isRefusedBy("AUTH-3PID-SIGNATURE"));
		return attempts;
	};
	expect(attemptsWith(64)).toBe(64);
	expect(attemptsWith(65)).toBe(0);
});

test.each(versions("6"))("AUTH-3PID-BANNED: refuses a banned user (v%s)", (id) => {
	const room = roomWithInvite(id);
	room.member(carol, "ban", { sender: alice });
	expect(decide(room, redeem({ signed: signFor(carol) }))).toMatchObject(isRefusedBy("AUTH-3PID-BANNED"));
});

test.each(versions("6"))("AUTH-3PID-BANNED: allows a user who left (v%s)", (id) => {
	const room = roomWithInvite(id);
	room.member(carol, "leave");
	expect(decide(room, redeem({ signed: signFor(carol) }))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-3PID-SIGNED: refuses without a signed object (v%s)", (id) => {
	for (const invite of [null, {}, { signed: null }, { signed: [] }, { signed: "x" }]) {
		expect(decide(roomWithInvite(id), redeem(invite))).toMatchObject(isRefusedBy("AUTH-3PID-SIGNED"));
	}
});

test.each(versions("6"))("AUTH-3PID-SIGNED: allows a signed object beside other properties (v%s)", (id) => {
	const invite = { display_name: "c...@example", signed: signFor(carol) };
	expect(decide(roomWithInvite(id), redeem(invite))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-3PID-FIELDS: refuses signed without mxid or token (v%s)", (id) => {
	for (const signed of [{}, { mxid: carol }, { token }, { mxid: carol, token: 1 }, { mxid: [carol], token }]) {
		expect(decide(roomWithInvite(id), redeem({ signed }))).toMatchObject(isRefusedBy("AUTH-3PID-FIELDS"));
	}
});

test.each(versions("6"))("AUTH-3PID-FIELDS: allows signed with mxid and token (v%s)", (id) => {
	const signed = signFor(carol);
	expect(signed).toMatchObject({ mxid: carol, token });
	expect(decide(roomWithInvite(id), redeem({ signed }))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-3PID-MXID: refuses a signature for another user (v%s)", (id) => {
	const decision = decide(roomWithInvite(id), redeem({ signed: signFor(alice) }));
	expect(decision).toMatchObject(isRefusedBy("AUTH-3PID-MXID"));
});

test.each(versions("6"))("AUTH-3PID-MXID: allows the user whom the signature names (v%s)", (id) => {
	const forAlice = { ...redeem({ signed: signFor(alice) }), stateKey: alice };
	expect(decide(roomWithInvite(id), forAlice)).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-3PID-TOKEN: refuses a token without an invite (v%s)", (id) => {
	const room = testRoom(id);
	const unknown = { ...signFor(carol), token: "other" };
	expect(decide(room, redeem({ signed: signFor(carol) }))).toMatchObject(isRefusedBy("AUTH-3PID-TOKEN"));
	expect(decide(roomWithInvite(id), redeem({ signed: unknown }))).toMatchObject(isRefusedBy("AUTH-3PID-TOKEN"));
});

test.each(versions("6"))("AUTH-3PID-TOKEN: allows the token of one of two invites (v%s)", (id) => {
	const room = roomWithInvite(id);
	room.append({ type: "m.room.third_party_invite", sender: alice, stateKey: "other", content: {} });
	expect(decide(room, redeem({ signed: signFor(carol) }))).toEqual(isAllowed);
});

test.each(versions("6"))("AUTH-3PID-SENDER: refuses another sender than the invite's (v%s)", (id) => {
	const decision = decide(roomWithInvite(id), redeem({ signed: signFor(carol) }, alice));
	expect(decision).toMatchObject(isRefusedBy("AUTH-3PID-SENDER"));
});

test.each(versions("6"))("AUTH-3PID-SENDER: allows the invite's sender, who needs no power any more (v%s)", (id) => {
	const room = roomWithInvite(id);
	room.member(bob, "leave");
	expect(decide(room, redeem({ signed: signFor(carol) }))).toEqual(isAllowed);
});

const inviteAddress: TestEvent = { type: "m.room.third_party_invite", sender: bob, stateKey: "new-token" };

test.each(versions("6"))("AUTH-3PID-INVITE-LEVEL: refuses below the invite level, whatever events says (v%s)", (id) => {
	const events = { "m.room.third_party_invite": 0 };
	const powerLevels = levels(id, { invite: 50, state_default: 0, events, users: { [bob]: 49 } });
	const decision = decide(testRoom(id, { powerLevels, members: [bob] }), inviteAddress);
	expect(decision).toMatchObject(isRefusedBy("AUTH-3PID-INVITE-LEVEL"));
});

test.each(versions("6"))("AUTH-3PID-INVITE-LEVEL: allows at the invite level, whatever events says (v%s)", (id) => {
	const events = { "m.room.third_party_invite": 100 };
	const powerLevels = levels(id, { invite: 50, events, users: { [bob]: 50 } });
	expect(decide(testRoom(id, { powerLevels, members: [bob] }), inviteAddress)).toEqual(isAllowed);
});
