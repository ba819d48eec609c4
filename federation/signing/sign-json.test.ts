import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hashAndSignEvent } from "../events/hash-and-sign-event.ts";
import { decodeBase64 } from "../json/base64.ts";
import { getObject, withKey } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { keyId, serverName } from "../testing/identifiers.ts";
import { nobleSigner, testSigner } from "../testing/noble-signer.ts";
import { nobleVerifier } from "./noble-verifier.ts";
import { signableBytes, signJson } from "./sign-json.ts";
import { signatureKeyIds, verifyJson } from "./verify-json.ts";

interface Vectors {
	readonly seedBase64: string;
	readonly serverName: string;
	readonly keyId: string;
	readonly json: readonly { readonly input: JsonObject; readonly signed: JsonObject }[];
	readonly events: readonly { readonly input: JsonObject; readonly signed: JsonObject }[];
}

const vectorsFile = "../shared/vectors/canonical-json-and-signing.json";
const vectors: Vectors | undefined = existsSync(vectorsFile)
	? JSON.parse(readFileSync(vectorsFile, "utf8")).signing
	: undefined;
const absent = `(skipped when ${vectorsFile} is absent)`;
const vectorSigner = ({ seedBase64, serverName: server, keyId: key }: Vectors) =>
	nobleSigner(decodeBase64(seedBase64) ?? new Uint8Array(), serverName(server), keyId(key));

describe("the specification's signing vectors", () => {
	// skipped: the published vectors are not part of the project; tests/fixtures holds our own
	it.skipIf(vectors === undefined)(`SIG-01 signs JSON as published ${absent}`, () => {
		for (const { input, signed } of vectors?.json ?? []) {
			expect(signJson(input, vectorSigner(vectors as Vectors))).toEqual(signed);
		}
	});

	// skipped: the published vectors are not part of the project; tests/fixtures holds our own
	it.skipIf(vectors === undefined)(`SIG-09 hashes and signs events as published ${absent}`, () => {
		for (const { input, signed } of vectors?.events ?? []) {
			const { json } = hashAndSignEvent(input, roomVersions["6"], vectorSigner(vectors as Vectors));
			expect(json).toEqual({ ...signed, unsigned: undefined });
		}
	});
});

describe("signJson and verifyJson", () => {
	const one = testSigner("one.example");
	const newer = testSigner("one.example", "newer");
	const two = testSigner("two.example");
	const keys = new Map([one, newer].map((signer) => [signer.keyId, signer.publicKey]));
	const question = {
		entity: "one.example",
		publicKey: (key: typeof one.keyId) => keys.get(key),
		verifier: nobleVerifier,
	};
	const signed = signJson({ b: 1, a: "é", unsigned: { age: 1 } }, one);
	const refusal = (json: JsonObject) => {
		const check = verifyJson(json, question);
		return check.kind === "refused" ? check.rule : check.kind;
	};

	it("SIG-01 covers everything but signatures and unsigned", () => {
		expect(new TextDecoder().decode(signableBytes(signed))).toBe('{"a":"é","b":1}');
		expect(refusal(signed)).toBe("verified");
		expect(refusal(withKey(signed, "unsigned", { age: 2 }))).toBe("verified");
		expect(refusal(withKey(signed, "b", 2))).toBe("SIG-04");
		expect(refusal(withKey(signed, "c", 1))).toBe("SIG-04");
	});

	it("SIG-01 keeps the signatures that are there", () => {
		const both = signJson(signJson(signed, two), newer);
		expect(Object.keys(getObject(both, "signatures") ?? {})).toEqual(["one.example", "two.example"]);
		expect(signatureKeyIds(both, "one.example")).toEqual(["ed25519:auto", "ed25519:newer"]);
		expect(refusal(both)).toBe("verified");
	});

	it("SIG-02 refuses an entity without an Ed25519 signature, whatever stands there", () => {
		const shapes: JsonObject[] = [
			{},
			{ signatures: {} },
			{ signatures: "x" },
			{ signatures: { "one.example": "x" } },
			{ signatures: { "one.example": {} } },
			{ signatures: { "one.example": { "rsa:1": "x" } } },
			signJson({}, two),
		];
		expect(shapes.map(refusal)).toEqual(shapes.map(() => "SIG-02"));
	});

	it("SIG-03 skips unknown keys, and refuses when no other is left", () => {
		const unknown = testSigner("one.example", "unknown");
		expect(refusal(signJson({ a: 1 }, unknown))).toBe("SIG-03");
		expect(refusal(signJson(signJson({ a: 1 }, unknown), one))).toBe("verified");
	});

	it("SIG-04 refuses when one of the signatures by known keys is wrong or no base64", () => {
		const twice = signJson(signed, newer);
		for (const junk of ["", "!", "AAAA", one.sign(Uint8Array.of(1)).toString()]) {
			const ofOne = withKey(getObject(getObject(twice, "signatures") ?? {}, "one.example") ?? {}, newer.keyId, junk);
			expect(refusal(withKey(twice, "signatures", { "one.example": ofOne }))).toBe("SIG-04");
		}
	});

	it("SIG-04 refuses another server's signature under this one's name", () => {
		const stolen = getObject(getObject(signJson({ a: 1 }, two), "signatures") ?? {}, "two.example");
		expect(refusal({ a: 1, signatures: { "one.example": stolen } })).toBe("SIG-04");
	});
});
