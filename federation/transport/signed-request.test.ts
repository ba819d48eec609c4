import { describe, expect, it } from "vitest";
import type { ServerName } from "../identifiers/identifier-types.ts";
import type { FoundKeys, ServerKeys } from "../ports/server-keys.ts";
import type { ServerKey } from "../signing/key-validity.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { serverName } from "../testing/identifiers.ts";
import { testSigner } from "../testing/noble-signer.ts";
import { type RequestCheck, type RequestTarget, signRequest, verifyRequest } from "./signed-request.ts";

const now = 1_700_000_000_000;
const signer = testSigner("one.example");
const ownName = serverName("two.example");
const request: RequestTarget = {
	method: "PUT",
	uri: "/_matrix/federation/v1/send/1?a=%2F",
	content: { pdus: [], origin: "é" },
};
const header = signRequest({ ...request, destination: ownName }, signer);

const currentKey: ServerKey = {
	kind: "current",
	publicKey: signer.publicKey,
	validUntilTs: now,
	receivedTs: now,
};

const keysWith = (key: ServerKey | undefined, server: ServerName = signer.serverName): ServerKeys => ({
	find: async (): Promise<FoundKeys> => ({
		keys: (name, keyId) => (name === server && keyId === signer.keyId ? key : undefined),
		unreachable: new Set(),
	}),
});

const check = (changed: Partial<RequestCheck> = {}): RequestCheck => ({
	header,
	ownName,
	keys: keysWith(currentKey),
	verifier: nobleVerifier,
	now,
	...changed,
});

describe("signed requests", () => {
	it("REQ-04 are their sender's when the signature verifies", async () => {
		expect(await verifyRequest(request, check())).toEqual({ kind: "verified", origin: "one.example" });
	});

	it("REQ-04 without a body are signed without content", async () => {
		const bare: RequestTarget = { method: "GET", uri: "/_matrix/federation/v1/version" };
		const signed = check({ header: signRequest({ ...bare, destination: ownName }, signer) });
		expect((await verifyRequest(bare, signed)).kind).toBe("verified");
		expect((await verifyRequest({ ...bare, content: {} }, signed)).kind).toBe("refused");
	});

	it("REQ-04 are accepted without a destination in the header, which is signed all the same", async () => {
		const old = header.replace(`destination="${ownName}",`, "");
		expect((await verifyRequest(request, check({ header: old }))).kind).toBe("verified");
		const forOther = signRequest({ ...request, destination: serverName("three.example") }, signer);
		const stripped = forOther.replace('destination="three.example",', "");
		expect(await verifyRequest(request, check({ header: stripped }))).toMatchObject({ status: 401 });
	});

	it.each<[string, RequestTarget]>([
		["method", { ...request, method: "POST" }],
		["target", { ...request, uri: "/_matrix/federation/v1/send/2?a=%2F" }],
		["spelling of the target", { ...request, uri: "/_matrix/federation/v1/send/1?a=%2f" }],
		["body", { ...request, content: { pdus: [{}], origin: "é" } }],
		["body, which has no canonical form", { ...request, content: { pdus: [0.5] } }],
	])("REQ-05 are refused with another %s", async (_, changed) => {
		expect(await verifyRequest(changed, check())).toMatchObject({
			kind: "refused",
			status: 401,
			errcode: "M_UNAUTHORIZED",
		});
	});

	it("REQ-05 are refused without a header that can be read", async () => {
		for (const unread of [undefined, "", "Bearer x"]) {
			expect(await verifyRequest(request, check({ header: unread }))).toMatchObject({ status: 401 });
		}
	});

	it("REQ-06 for another server are refused, even where the signature is right", async () => {
		const other = signRequest({ ...request, destination: serverName("three.example") }, signer);
		expect(await verifyRequest(request, check({ header: other }))).toMatchObject({ status: 401 });
	});

	it("REQ-06 in this server's own name are refused", async () => {
		const own = signRequest({ ...request, destination: ownName }, testSigner("two.example"));
		expect(await verifyRequest(request, check({ header: own }))).toMatchObject({ status: 403 });
	});

	it.each<[string, ServerKeys]>([
		["is not known", keysWith(undefined)],
		["ended a moment ago", keysWith({ ...currentKey, validUntilTs: now - 1 })],
		["is an old one, whatever it covers", keysWith({ kind: "old", publicKey: signer.publicKey, expiredTs: now + 1 })],
		["is another server's", keysWith(currentKey, serverName("three.example"))],
		["is another one", keysWith({ ...currentKey, publicKey: testSigner("three.example").publicKey })],
	])("REQ-07 are refused when the key %s", async (_, keys) => {
		expect(await verifyRequest(request, check({ keys }))).toMatchObject({ kind: "refused", status: 401 });
	});
});
