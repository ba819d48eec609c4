import { describe, expect, it } from "vitest";
import { openForPasskey, sealForPasskey } from "./seal-for-passkey.ts";

const of = { userId: "@ann:kith.test", keyId: "KEY" };
const words = "EsTc abcd";
const given = new Uint8Array(32).fill(7);

describe("a recovery key sealed for a passkey", () => {
	it("comes back with what the same passkey gives out, and shows nothing of itself", async () => {
		const copy = await sealForPasskey(given, of, words);
		expect(atob(copy.ciphertext.padEnd(Math.ceil(copy.ciphertext.length / 4) * 4, "="))).not.toContain("EsTc");
		expect(await openForPasskey(given, of, copy)).toBe(words);
		expect((await sealForPasskey(given, of, words)).ciphertext).not.toBe(copy.ciphertext);
	});

	it("opens for no other passkey, account or key, and not when a byte was altered", async () => {
		const copy = await sealForPasskey(given, of, words);
		const other = given.with(31, 8);
		expect(await openForPasskey(other, of, copy)).toBeUndefined();
		expect(await openForPasskey(given, { ...of, userId: "@eve:kith.test" }, copy)).toBeUndefined();
		expect(await openForPasskey(given, { ...of, keyId: "OLD" }, copy)).toBeUndefined();
		const altered = `${copy.ciphertext.startsWith("A") ? "B" : "A"}${copy.ciphertext.slice(1)}`;
		expect(await openForPasskey(given, of, { ...copy, ciphertext: altered })).toBeUndefined();
		expect(await openForPasskey(given, of, { iv: "AAAA", ciphertext: copy.ciphertext })).toBeUndefined();
		expect(await openForPasskey(given, of, { ...copy, ciphertext: "%" })).toBeUndefined();
	});
});
