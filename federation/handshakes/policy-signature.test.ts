import { describe, expect, it } from "vitest";
import { redactJson } from "../events/redact-event.ts";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject } from "../json/json-object.ts";
import type { JsonValue } from "../json/json-value.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { signableBytes } from "../signing/sign-json.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { signedEvent } from "../testing/signed-event.ts";
import {
	isAboveThePolicy,
	isPolicySigned,
	policyKeyId,
	readRoomPolicy,
	withPolicySignature,
} from "./policy-signature.ts";

const server = "policy.example";
const signer = testSigner(server, "policy_server");
const version = roomVersions["12"];
const contentOf = (via: JsonValue, key: JsonValue) =>
	jsonObject([
		["via", via],
		["public_keys", jsonObject([["ed25519", key]])],
	]);
const rightKey = encodeBase64(signer.publicKey);

describe("readRoomPolicy", () => {
	it("reads the server and its key", () => {
		const policy = readRoomPolicy(contentOf(server, rightKey));
		expect(policy?.server).toBe(server);
		expect(policy?.publicKey).toEqual(signer.publicKey);
	});

	it("finds no policy in what does not name both in their right form", () => {
		const wrong = [
			undefined,
			jsonObject(),
			jsonObject([["via", server]]),
			contentOf("not a server", rightKey),
			contentOf(7, rightKey),
			contentOf(server, ""),
			contentOf(server, null),
			contentOf(server, rightKey.slice(2)),
			contentOf(server, `${rightKey}!`),
			jsonObject([
				["via", server],
				["public_keys", [rightKey]],
			]),
		];
		expect(wrong.map(readRoomPolicy)).toEqual(wrong.map(() => undefined));
	});
});

describe("the signature of a policy server", () => {
	const policy = readRoomPolicy(contentOf(server, rightKey));
	if (policy === undefined) throw new Error("it is well-formed");
	const event = signedEvent("12");
	const answerFor = (of = event, by = signer) => {
		const signature = encodeBase64(by.sign(signableBytes(redactJson(of.json, version))));
		return jsonObject([[server, jsonObject([[policyKeyId, signature]])]]);
	};
	const isSigned = (answer: ReturnType<typeof answerFor>): boolean => {
		const signed = withPolicySignature({ event, version, policy }, answer);
		return signed !== undefined && isPolicySigned({ event: signed, version, policy }, nobleVerifier);
	};

	it("RCV-POLICY: holds by the room's key over this event, beside the signatures that the event has", () => {
		expect(isPolicySigned({ event, version, policy }, nobleVerifier)).toBe(false);
		expect(isSigned(answerFor())).toBe(true);
		const signed = withPolicySignature({ event, version, policy }, answerFor());
		expect(Object.keys(signed?.json["signatures"] as object).sort()).toEqual(["one.example", server]);
	});

	it("RCV-POLICY: does not hold by another key, for another event, or in another form", () => {
		expect(isSigned(answerFor(event, testSigner(server)))).toBe(false);
		expect(isSigned(answerFor(signedEvent("12", { depth: 13 })))).toBe(false);
		for (const wrong of [
			jsonObject(),
			jsonObject([[server, "ed25519"]]),
			jsonObject([["other.example", answerFor()]]),
		]) {
			expect(isSigned(wrong)).toBe(false);
		}
	});

	it("is never asked for of the event that names the policy server, and of all others is", () => {
		expect(isAboveThePolicy({ type: "m.room.policy", stateKey: "" })).toBe(true);
		expect(isAboveThePolicy({ type: "m.room.policy", stateKey: "else" })).toBe(false);
		expect(isAboveThePolicy({ type: "m.room.policy", stateKey: undefined })).toBe(false);
		expect(isAboveThePolicy({ type: "m.room.power_levels", stateKey: "" })).toBe(false);
	});
});
