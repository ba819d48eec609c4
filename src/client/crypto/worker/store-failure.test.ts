import { describe, expect, it } from "vitest";
import { storeFailureIn } from "./store-failure.ts";

describe("what a failing store says", () => {
	it.each([
		[new DOMException("no room", "QuotaExceededError"), "storage-full"],
		[new Error("DomException QuotaExceededError (22): no room"), "storage-full"],
		[new Error("the store does not open", { cause: new DOMException("", "QuotaExceededError") }), "storage-full"],
		[new DOMException("The database connection is closing.", "InvalidStateError"), "storage-gone"],
		[new Error("DomException InvalidStateError (11): The database connection is closing."), "storage-gone"],
		[new Error("InvalidStateError of something else"), undefined],
		[new DOMException("stopped", "AbortError"), undefined],
		[new Error("no key"), undefined],
		["QuotaExceededError", undefined],
	])("%s: %s", (error, failure) => {
		expect(storeFailureIn(error)).toBe(failure);
	});
});
