import { describe, expect, it } from "vitest";
import type { PeerAnswer, UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import { checkSelf, type SelfLook } from "./check-self.ts";

const own = { server_name: "kith.example", verify_keys: { "ed25519:1": { key: "a" } } };
const route = {
	hostHeader: "kith.example",
	certificateName: "kith.example",
	endpoints: [
		{ host: "chat.kith.example", port: 443 },
		{ host: "2001:db8::1", port: 8448 },
	],
};

const look = (answer: PeerAnswer): SelfLook => ({
	resolve: async () => ({ kind: "resolved", route }),
	askForKeys: async () => answer,
});
const silent = (reason: UnreachableReason): PeerAnswer => ({ kind: "unreachable", reason, detail: "why" });
const outcomes = async (looking: SelfLook) => (await checkSelf(looking, own)).map(({ outcome }) => outcome);

describe("what others find under this server's name", () => {
	it("is in order when this very server answers there", async () => {
		expect(await checkSelf(look({ kind: "answered", content: own }), own)).toEqual([
			{ id: "name", outcome: "ok", detail: "chat.kith.example:443, [2001:db8::1]:8448" },
			{ id: "reachable", outcome: "ok" },
			{ id: "certificate", outcome: "ok", detail: "kith.example" },
			{ id: "key", outcome: "ok" },
		]);
	});

	it("is unknown behind the first thing that is wrong", async () => {
		const nowhere: SelfLook = {
			resolve: async () => ({ kind: "unresolved", detail: "no such name" }),
			askForKeys: () => Promise.reject(new Error("nobody is asked")),
		};
		expect(await checkSelf(nowhere, own)).toEqual([
			{ id: "name", outcome: "failed", detail: "no such name" },
			{ id: "reachable", outcome: "unknown" },
			{ id: "certificate", outcome: "unknown" },
			{ id: "key", outcome: "unknown" },
		]);
		expect(await outcomes(look(silent("connection")))).toEqual(["ok", "failed", "unknown", "unknown"]);
		expect(await outcomes(look(silent("name")))).toEqual(["failed", "unknown", "unknown", "unknown"]);
		expect(await outcomes(look(silent("timeout")))).toEqual(["ok", "failed", "unknown", "unknown"]);
		expect(await outcomes(look(silent("addressRefused")))).toEqual(["ok", "unknown", "unknown", "unknown"]);
		expect(await outcomes(look(silent("certificate")))).toEqual(["ok", "ok", "failed", "unknown"]);
		expect(await outcomes(look(silent("malformedAnswer")))).toEqual(["ok", "ok", "ok", "failed"]);
	});

	it.each([
		["another name", { ...own, server_name: "other.example" }],
		["another key", { ...own, verify_keys: { "ed25519:1": { key: "b" } } }],
		["one key more", { ...own, verify_keys: { ...own.verify_keys, "ed25519:2": { key: "c" } } }],
		["no key", { ...own, verify_keys: {} }],
		["something else", { verify_keys: [] }],
	])("is another server when it has %s", async (_what, content) => {
		expect(await outcomes(look({ kind: "answered", content }))).toEqual(["ok", "ok", "ok", "failed"]);
	});

	it("is another server when it refuses", async () => {
		const refusal = {
			kind: "refused",
			status: 404,
			errcode: "M_UNKNOWN",
			message: "",
			retryAfterMs: undefined,
		} as const;
		expect(await outcomes(look(refusal))).toEqual(["ok", "ok", "ok", "failed"]);
	});
});
