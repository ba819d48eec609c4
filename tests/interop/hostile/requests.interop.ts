import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KeyId } from "../../../federation/identifiers/identifier-types.ts";
import { encodeBase64 } from "../../../federation/json/base64.ts";
import { signJson } from "../../../federation/signing/sign-json.ts";
import { signRequest } from "../../../federation/transport/signed-request.ts";
import { createNodeSigner } from "../../../src/server/adapters/crypto-node/node-signer.ts";
import { askKith } from "./ask-kith.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";

/** A signed route that any server may ask. */
const transaction = () => `/_matrix/federation/v1/send/${randomUUID()}`;
const nothing = (origin: string) => ({ origin, origin_server_ts: Date.now(), pdus: [], edus: [] });

describe("a request of a lying server", () => {
	let setting: HostileSetting;
	beforeAll(async () => {
		setting = await hostileSetting();
	});
	afterAll(() => setting?.[Symbol.asyncDispose]());
	const send = (asking: Partial<Parameters<typeof askKith>[2]> = {}) => {
		const { kith, peer } = setting;
		return askKith(kith, peer, { method: "PUT", uri: transaction(), content: nothing(peer.name), ...asking });
	};
	const unauthorized = { status: 401, content: { errcode: "M_UNAUTHORIZED" } };

	it("is answered when it tells the truth, which the others are held against", async () => {
		expect(await send()).toEqual({ status: 200, content: { pdus: {} } });
	});

	it("is refused without a signature, with half a header, and with another scheme", async () => {
		for (const authorization of [undefined, "X-Matrix", `X-Matrix origin="${setting.peer.name}"`, "Bearer token", ""]) {
			expect(await send({ authorization })).toMatchObject(unauthorized);
		}
	});

	it("is refused with another body, another target or another method than was signed", async () => {
		const { peer } = setting;
		const body = JSON.stringify({ ...nothing(peer.name), origin_server_ts: 1 });
		expect(await send({ sent: { body } })).toMatchObject(unauthorized);
		expect(await send({ sent: { uri: transaction() } })).toMatchObject(unauthorized);
		expect(await send({ sent: { uri: `${transaction()}?more=1` } })).toMatchObject(unauthorized);
	});

	it("is refused when it was signed for another server", async () => {
		expect(await send({ destination: "somewhere.example" })).toMatchObject(unauthorized);
	});

	it("is refused when it names a server that did not sign it", async () => {
		const { kith, peer, other } = setting;
		const asking = { method: "PUT", uri: transaction(), content: nothing(other.name) } as const;
		const signature = signRequest({ ...asking, destination: kith.name as typeof peer.name }, peer.signer);
		const authorization = signature.replace(peer.name, other.name);
		expect(await askKith(kith, peer, { ...asking, authorization })).toMatchObject(unauthorized);
	});

	it("is refused when it says that it comes from this server itself", async () => {
		const { kith, peer } = setting;
		const own = createNodeSigner(peer.signer.publicKey, kith.name as typeof peer.name, "ed25519:own" as KeyId);
		const uri = transaction();
		const asking = { method: "PUT", uri, content: nothing(kith.name) } as const;
		const authorization = signRequest({ ...asking, destination: own.serverName }, own);
		expect((await askKith(kith, peer, { ...asking, authorization })).status).toBeOneOf([401, 403]);
	});

	it("is refused when its key has ended, when it is an old key, and when somebody else signed the list of its keys", async () => {
		const { startPeer, kith } = setting;
		const lies = [
			(peer: HostileSetting["peer"]) => peer.keyDocument({ valid_until_ts: Date.now() - 1000 }),
			({ keyDocument, signer }: HostileSetting["peer"]) =>
				keyDocument({
					verify_keys: {},
					old_verify_keys: {
						[signer.keyId]: { key: encodeBase64(signer.publicKey), expired_ts: Date.now() + 86_400_000 },
					},
				}),
			({ keyDocument, name }: HostileSetting["peer"]) => {
				const { signatures: _, ...document } = keyDocument();
				return signJson(document, createNodeSigner(randomBytes(32), name, "ed25519:hostile" as KeyId));
			},
			({ keyDocument }: HostileSetting["peer"]) => keyDocument({ server_name: "somewhere.example" }),
		];
		for (const lie of lies) {
			await using peer = await startPeer();
			peer.publish(lie(peer));
			const asking = { method: "PUT", uri: transaction(), content: nothing(peer.name) } as const;
			expect(await askKith(kith, peer, asking)).toMatchObject(unauthorized);
		}
	});

	it("is refused in the words of the protocol where there is no such address or no such method", async () => {
		const { kith, peer } = setting;
		const unknown = await askKith(kith, peer, { method: "GET", uri: "/_matrix/federation/v1/nothing" });
		expect(unknown).toMatchObject({ status: 404, content: { errcode: "M_UNRECOGNIZED" } });
		const wrong = await askKith(kith, peer, { method: "POST", uri: transaction(), content: {} });
		expect(wrong).toMatchObject({ status: 405, content: { errcode: "M_UNRECOGNIZED" } });
	});

	it("is refused before it is read when it is too long, and as bad JSON when it is none", async () => {
		const long = JSON.stringify({ ...nothing(setting.peer.name), filler: "x".repeat(40 * 1024 * 1024) });
		const tooLong = await send({ sent: { body: long } }).catch((error: { code?: string }) => error.code);
		expect([
			{ status: 413, content: expect.objectContaining({ errcode: "M_TOO_LARGE" }) },
			"ECONNRESET",
			"EPIPE",
		]).toContainEqual(tooLong);
		for (const body of ["", "{", "[]", '{"a":1,"a":2}', '{"a":1.5}', "\u0000", Buffer.from([0xff, 0xfe])]) {
			const told = await send({ sent: { body } });
			expect(told.status).toBeOneOf([400, 401]);
		}
	});

	it("is refused with more PDUs or EDUs than a transaction may hold", async () => {
		const { peer } = setting;
		for (const [pdus, edus] of [
			[51, 0],
			[10_000, 0],
			[0, 101],
		]) {
			const content = {
				...nothing(peer.name),
				pdus: Array.from({ length: pdus ?? 0 }, () => ({})),
				edus: Array.from({ length: edus ?? 0 }, () => ({ edu_type: "m.typing", content: {} })),
			};
			expect((await send({ content })).status).toBe(400);
		}
	});
});
