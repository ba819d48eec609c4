import { describe, expect, it } from "vitest";
import { ownScriptAddress } from "./script-addresses.ts";

const origin = "https://kith.example";

describe("ownScriptAddress", () => {
	it("lets through the files of the build", () => {
		expect(ownScriptAddress("/_next/static/chunks/a.js", origin)).toBe("/_next/static/chunks/a.js");
		expect(ownScriptAddress("/crypto-engine/worker.js", origin)).toBe("/crypto-engine/worker.js");
		expect(ownScriptAddress("/media-engine/worker.js", origin)).toBe("/media-engine/worker.js");
		expect(ownScriptAddress("/search-engine/worker.js", origin)).toBe("/search-engine/worker.js");
		const own = "/ollama-engine/worker.js?at=http%3A%2F%2Flocalhost%3A11434";
		expect(ownScriptAddress(own, origin)).toBe(own);
	});

	it.each([
		"https://evil.example/_next/static/chunks/a.js",
		"//evil.example/_next/static/a.js",
		"/_next/static/../../api/file.js",
		"/_next/image?url=x",
		"/api/upload/a.js",
		"/crypto-engine/worker.js/../../api/file.js",
		"/crypto-engine/other.js",
		"data:text/javascript,alert(1)",
		"blob:https://kith.example/0",
		"javascript:alert(1)",
		"https://",
	])("refuses %s", (address) => {
		expect(ownScriptAddress(address, origin)).toBeUndefined();
	});
});
