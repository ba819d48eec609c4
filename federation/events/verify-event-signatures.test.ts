import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import type { KeyLookup } from "../signing/key-validity.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { signedEvent } from "../testing/signed-event.ts";
import { addEventSignature } from "./hash-and-sign-event.ts";
import { redactEvent } from "./redact-event.ts";
import { requiredSigners } from "./required-signers.ts";
import type { RoomEvent } from "./room-event.ts";
import { eventSignatureKeys, verifyEventSignatures } from "./verify-event-signatures.ts";

const signers = ["one.example", "two.example"].map((server) => testSigner(server));
const two = testSigner("two.example");
/** Every test server's keys, valid up to the time of `signedEvent`, 1,000,000. */
const keys: KeyLookup = (server, keyId) => {
	const signer = signers.find((each) => each.serverName === server && each.keyId === keyId);
	return signer && { kind: "current", publicKey: signer.publicKey, validUntilTs: 1_000_000, receivedTs: 1_000_000 };
};
const outcome = (event: RoomEvent, versionId: RoomVersionId, lookup = keys) => {
	const check = verifyEventSignatures(event, {
		version: roomVersions[versionId],
		keys: lookup,
		verifier: nobleVerifier,
	});
	return check.kind === "refused" ? check.rule : check.kind;
};
const member = (versionId: RoomVersionId, content: JsonObject, sender = "@alice:one.example") =>
	signedEvent(versionId, { type: "m.room.member", state_key: "@alice:one.example", content, sender });
const viaTwo = { membership: "join", join_authorised_via_users_server: "@bob:two.example" };

describe("signatures of events", () => {
	it("SIG-07 the sender's server must have signed, and its signature outlives redaction", () => {
		const event = signedEvent("12");
		expect(requiredSigners(event, roomVersions["12"])).toEqual(["one.example"]);
		expect(outcome(event, "12")).toBe("verified");
		expect(outcome(redactEvent(event, roomVersions["12"]), "12")).toBe("verified");
		expect(outcome({ ...event, json: { ...event.json, depth: 13 } }, "12")).toBe("SIG-04");
		expect(outcome({ ...event, json: { ...event.json, signatures: {} } }, "12")).toBe("SIG-02");
		expect(outcome(signedEvent("12", { sender: "@bob:two.example" }), "12")).toBe("SIG-02");
	});

	it("SIG-06 a key that was not valid when the event was made counts for nothing", () => {
		expect(outcome(signedEvent("12", { origin_server_ts: 1_000_000 }), "12")).toBe("verified");
		expect(outcome(signedEvent("12", { origin_server_ts: 1_000_001 }), "12")).toBe("SIG-03");
		expect(outcome(signedEvent("12"), "12", () => undefined)).toBe("SIG-03");
	});

	it("SIG-07 from version 8 the authorising user's server must have signed a restricted join too", () => {
		expect(outcome(member("7", viaTwo), "7")).toBe("verified");
		for (const versionId of ["8", "9", "12"] as const) {
			const event = member(versionId, viaTwo);
			expect(requiredSigners(event, roomVersions[versionId])).toEqual(["one.example", "two.example"]);
			expect(outcome(event, versionId)).toBe("SIG-02");
			const authorised = addEventSignature(event, roomVersions[versionId], two);
			expect(authorised.eventId).toBe(event.eventId);
			expect(outcome(authorised, versionId)).toBe("verified");
		}
	});

	it("SIG-07 the rule is about memberships only", () => {
		const message = signedEvent("12", { content: viaTwo });
		expect(requiredSigners(message, roomVersions["12"])).toEqual(["one.example"]);
	});

	it("SIG-08 refuses an authorising user whose id is malformed", () => {
		for (const junk of ["bob", "", 1, null]) {
			expect(outcome(member("12", { ...viaTwo, join_authorised_via_users_server: junk }), "12")).toBe("SIG-08");
		}
		expect(outcome(member("7", { membership: "join", join_authorised_via_users_server: 1 }), "7")).toBe("verified");
	});

	it("SIG-07 an invite made from a third-party invite needs no signature of its sender's server", () => {
		const invite = { membership: "invite", third_party_invite: { signed: {} } };
		expect(requiredSigners(member("12", invite, "@bob:two.example"), roomVersions["12"])).toEqual([]);
		expect(outcome(member("12", { ...invite, membership: "join" }, "@bob:two.example"), "12")).toBe("SIG-02");
		expect(outcome(member("12", { membership: "invite" }, "@bob:two.example"), "12")).toBe("SIG-02");
	});

	it("SIG-03 names the keys to fetch", () => {
		const event = addEventSignature(member("12", viaTwo), roomVersions["12"], two);
		expect(eventSignatureKeys(event, roomVersions["12"])).toEqual([
			{ server: "one.example", keyId: "ed25519:auto" },
			{ server: "two.example", keyId: "ed25519:auto" },
		]);
	});
});
