import fc from "fast-check";
import { expect, it } from "vitest";
import { storableKey, storedKey } from "./storable-key.ts";

it("keeps every state key apart from every other, without NUL", () => {
	const key = fc.string({ unit: fc.constantFrom("a", "0", "\u0000", "\ue000", "🍰"), maxLength: 12 });
	fc.assert(
		fc.property(key, (text) => {
			expect(storableKey(text)).not.toContain("\u0000");
			expect(storedKey(storableKey(text))).toBe(text);
		}),
	);
	expect(storableKey("@ann:kith.example")).toBe("@ann:kith.example");
});
