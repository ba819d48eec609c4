import { describe, expect, it } from "vitest";
import { buildKeyDocument } from "../../../../federation/handshakes/key-document.ts";
import { notaryQuery, readNotaryAnswer } from "../../../../federation/handshakes/notary-query.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { nobleVerifier } from "../../../../federation/signing/noble-verifier.ts";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { testFederation, testNow } from "../../../../tests/setup/test-federation.ts";

const own = "kith.example" as ServerName;
const one = testSigner("one.example");
const validUntilTs = testNow + 1_000_000;
const documentOfOne = buildKeyDocument({ signer: one, publicKey: one.publicKey, retired: [] }, validUntilTs);

const open = () => {
	const asked: [string, number][] = [];
	const federation = testFederation(own, [], {
		keys: {
			find: async () => ({ keys: () => undefined, unreachable: new Set() }),
			ownDocument: () => ({}),
			documentOf: async (server, until) => {
				asked.push([server, until]);
				return server === one.serverName ? documentOfOne : undefined;
			},
		},
	});
	return { federation, asked };
};

const documentsIn = async (answer: ReturnType<ReturnType<typeof open>["federation"]["queryKeys"]>) => {
	const given = await answer;
	return given.kind === "answered" ? given.content : given;
};

describe("as a notary", () => {
	it("gives another server's document, signed by that server and by this one", async () => {
		const { federation, asked } = open();
		const request = notaryQuery(one.serverName, [
			{ server: one.serverName, keyId: one.keyId, validAtTs: testNow + 5 },
			{ server: one.serverName, keyId: testSigner("one.example", "old").keyId, validAtTs: testNow + 9 },
		]);
		const content = (await documentsIn(federation.queryKeys(request.content ?? {}))) as JsonObject;
		const check = { server: one.serverName, notary: own, receivedTs: testNow, verifier: nobleVerifier };
		const notaryKey = () => testSigner(own).publicKey;
		const [document, ...others] = readNotaryAnswer(content, { ...check, notaryKey });
		expect(others).toEqual([]);
		expect(document?.keys.get(one.keyId)).toMatchObject({ kind: "current", publicKey: one.publicKey });
		expect(asked).toEqual([["one.example", testNow + 9]]);
	});

	it("says nothing of servers that it never heard, and asks for times that are over as for now", async () => {
		const { federation, asked } = open();
		expect(await documentsIn(federation.queryKeysOf({ serverName: "two.example", minimumValidUntil: "5" }))).toEqual({
			server_keys: [],
		});
		expect(await documentsIn(federation.queryKeysOf({ serverName: "not a name", minimumValidUntil: null }))).toEqual({
			server_keys: [],
		});
		expect(asked).toEqual([["two.example", testNow]]);
	});

	it("asks for no more than thirty servers at once, whatever a stranger wants", async () => {
		const { federation, asked } = open();
		const names = Array.from({ length: 500 }, (_, each) => [`a${each}.example`, {}]);
		await federation.queryKeys({ server_keys: Object.fromEntries(names) });
		expect(asked).toHaveLength(30);
	});

	it("refuses a question that names no servers", async () => {
		const { federation } = open();
		expect(await federation.queryKeys({ server_keys: [] })).toMatchObject({ status: 400, errcode: "M_BAD_JSON" });
	});
});
