import { TRPCClientError } from "@trpc/client";
import { describe, expect, it } from "vitest";
import { CryptoError } from "../crypto/crypto-engine.ts";
import { failureOf } from "./errors.ts";

function answered(data: Record<string, unknown>) {
	return TRPCClientError.from({ error: { code: -32000, message: "refused", data } });
}

describe("failureOf", () => {
	it("reads the server's own code and when to try again", () => {
		const error = answered({ code: "TOO_MANY_REQUESTS", kith: { code: "too-many-requests", retryAfterMs: 1500 } });
		expect(failureOf(error)).toEqual({ code: "too-many-requests", retryAfterMs: 1500 });
	});

	it("takes a code it does not know for a fault of the server, not for a refusal", () => {
		expect(failureOf(answered({ code: "BAD_REQUEST", kith: { code: "brand-new" } }))).toEqual({ code: "internal" });
	});

	it("hands on that somebody's identity has changed, which no later try makes good", () => {
		expect(failureOf(new CryptoError("identity-changed"))).toEqual({ code: "identity-changed" });
		expect(failureOf(new CryptoError("unreachable"))).toEqual({ code: "offline" });
	});

	it("says offline when nobody answered", () => {
		expect(failureOf(TRPCClientError.from(new TypeError("Failed to fetch")))).toEqual({ code: "offline" });
		expect(failureOf(undefined)).toEqual({ code: "offline" });
	});
});
