import { expect, it } from "vitest";
import { keyFor, seal, unseal } from "./seal.ts";

const secret = "a secret of at least thirty-two bytes";

it("opens what it sealed with the same key, and nothing that was altered or is of another use", () => {
	const key = keyFor(secret, "one use");
	const sealed = seal(key, Buffer.from("the words"));
	expect(Buffer.from(unseal(key, sealed) ?? []).toString()).toBe("the words");
	expect(Buffer.from(sealed).toString("latin1")).not.toContain("words");
	expect(seal(key, Buffer.from("the words"))).not.toEqual(sealed);
	expect(unseal(keyFor(secret, "another use"), sealed)).toBeUndefined();
	for (const at of [0, 13, sealed.length - 1]) {
		const altered = Uint8Array.from(sealed);
		altered[at] = (altered[at] ?? 0) ^ 1;
		expect(unseal(key, altered)).toBeUndefined();
	}
	expect(unseal(key, new Uint8Array(3))).toBeUndefined();
});
