import { expect, it } from "vitest";
import { createKeyCounter } from "./key-counter.ts";

it("admits so many under a key, and another once one has left", () => {
	const counter = createKeyCounter(2);
	const leave = counter.enter("a");
	expect([counter.enter("a"), counter.enter("b")]).toEqual([expect.any(Function), expect.any(Function)]);
	expect(counter.enter("a")).toBeUndefined();
	leave?.();
	// Leaving twice makes no room for two.
	leave?.();
	expect(counter.enter("a")).toBeDefined();
	expect(counter.enter("a")).toBeUndefined();
});
