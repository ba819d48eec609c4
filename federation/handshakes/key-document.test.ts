import { describe, expect, it } from "vitest";
import { encodeBase64 } from "../json/base64.ts";
import { jsonObject, withKey, withoutKeys } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { signJson } from "../signing/sign-json.ts";
import { keyId, serverName } from "../testing/identifiers.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { buildKeyDocument, readKeyDocument } from "./key-document.ts";
import { notaryQuery, readNotaryAnswer } from "./notary-query.ts";

const receivedTs = 1_700_000_000_000;
const validUntilTs = receivedTs + 3_600_000;
const signer = testSigner("one.example");
const former = testSigner("one.example", "former");
const retired = [{ keyId: former.keyId, publicKey: former.publicKey, expiredTs: 1_600_000_000_000 }];
const document = buildKeyDocument({ signer, publicKey: signer.publicKey, retired }, validUntilTs);
const check = { server: signer.serverName, verifier: nobleVerifier, receivedTs };
const read = (json: JsonObject) => readKeyDocument(json, check);

/** The document with other members, signed again. */
const resigned = (changes: Readonly<Record<string, JsonObject[string]>>, by = signer): JsonObject =>
	signJson(
		Object.entries(changes).reduce(
			(json, [key, value]) => (value === undefined ? withoutKeys(json, [key]) : withKey(json, key, value)),
			withoutKeys(document, ["signatures"]),
		),
		by,
	);

describe("key documents", () => {
	it("KEY-01 give the keys of the server, those in use and old ones", () => {
		expect(read(document)).toEqual({
			kind: "read",
			document: {
				server: "one.example",
				validUntilTs,
				json: document,
				keys: new Map([
					[signer.keyId, { kind: "current", publicKey: signer.publicKey, validUntilTs, receivedTs }],
					[former.keyId, { kind: "old", publicKey: former.publicKey, expiredTs: 1_600_000_000_000 }],
				]),
			},
		});
	});

	it("KEY-01 of another server are refused", () => {
		const other = testSigner("two.example");
		const others = buildKeyDocument({ signer: other, publicKey: other.publicKey, retired: [] }, validUntilTs);
		expect(read(others)).toMatchObject({ rule: "KEY-01" });
		expect(read(resigned({ server_name: "ONE.example" }))).toMatchObject({ rule: "KEY-01" });
	});

	it.each([
		["no end", { valid_until_ts: undefined }],
		["an end before all times", { valid_until_ts: -1 }],
		["an end that is text", { valid_until_ts: "soon" }],
		["no keys", { verify_keys: undefined }],
		["a list of keys", { verify_keys: [] }],
		[
			"more keys than are read",
			{
				old_verify_keys: jsonObject(
					Array.from({ length: 64 }, (_, index) => [`ed25519:${index}`, { key: "", expired_ts: 1 }]),
				),
			},
		],
	])("KEY-02 with %s are refused", (_, changes) => {
		expect(read(resigned(changes))).toMatchObject({ kind: "refused", rule: "KEY-02" });
	});

	it("KEY-02 leave out keys of other algorithms and malformed ones", () => {
		const reading = read(
			resigned({
				verify_keys: {
					[signer.keyId]: { key: encodeBase64(signer.publicKey) },
					"rsa:1": { key: encodeBase64(signer.publicKey) },
					"ed25519:short": { key: "AAAA" },
					"ed25519:text": { key: "not base64!" },
					"ed25519:none": {},
					"ed25519:string": "AAAA",
				},
				old_verify_keys: { "ed25519:o": { key: encodeBase64(former.publicKey) } },
			}),
		);
		expect(reading.kind === "read" && [...reading.document.keys.keys()]).toEqual([signer.keyId]);
	});

	it("KEY-02 count a key that is in both lists as old", () => {
		const both = { [signer.keyId]: { key: encodeBase64(signer.publicKey), expired_ts: 5 } };
		const reading = read(resigned({ old_verify_keys: both }));
		expect(reading.kind === "read" && reading.document.keys.get(signer.keyId)).toMatchObject({ kind: "old" });
	});

	it("KEY-03 without a signature by a key in use are refused", () => {
		expect(read(withoutKeys(document, ["signatures"]))).toMatchObject({ rule: "KEY-03" });
		expect(read(resigned({}, former))).toMatchObject({ rule: "KEY-03" });
		expect(read(resigned({}, testSigner("two.example")))).toMatchObject({ rule: "KEY-03" });
		expect(read(withKey(document, "valid_until_ts", validUntilTs + 1))).toMatchObject({ rule: "KEY-03" });
	});
});

describe("notaries", () => {
	const notary = testSigner("notary.example");
	const notaryKey = (id: string) => (id === notary.keyId ? notary.publicKey : undefined);
	const readAnswer = (...documents: readonly JsonObject[]) =>
		readNotaryAnswer({ server_keys: documents }, { ...check, notary: notary.serverName, notaryKey });

	it("KEY-04 are asked for keys that cover a time", () => {
		expect(
			notaryQuery(serverName("one.example"), [
				{ server: serverName("one.example"), keyId: keyId("ed25519:a"), validAtTs: 7 },
			]),
		).toEqual({
			method: "POST",
			uri: "/_matrix/key/v2/query",
			content: { server_keys: { "one.example": { "ed25519:a": { minimum_valid_until_ts: 7 } } } },
		});
	});

	it("KEY-04 are believed where server and notary signed", () => {
		const [found, ...others] = readAnswer(signJson(document, notary));
		expect(found?.keys.get(signer.keyId)?.publicKey).toEqual(signer.publicKey);
		expect(others).toEqual([]);
	});

	it("KEY-04 are not believed without the server's signature, without theirs, or about other servers", () => {
		const other = testSigner("two.example");
		const others = buildKeyDocument({ signer: other, publicKey: other.publicKey, retired: [] }, validUntilTs);
		expect(readAnswer(document, signJson(others, notary))).toEqual([]);
		expect(readAnswer(signJson(withoutKeys(document, ["signatures"]), notary))).toEqual([]);
		expect(readAnswer(signJson(document, testSigner("notary.example", "other")))).toEqual([]);
		expect(readNotaryAnswer({ server_keys: "none" }, { ...check, notary: notary.serverName, notaryKey })).toEqual([]);
	});
});
