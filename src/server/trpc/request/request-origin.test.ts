import { describe, expect, it } from "vitest";
import { requestOrigin } from "./request-origin.ts";

const host = "chat.test:3000";

describe("where a request comes from", () => {
	it.each([
		["our page", { host, origin: "http://chat.test:3000" }],
		["our page, told by the browser", { host, "sec-fetch-site": "same-origin" }],
		["the configured address behind a proxy", { host: "127.0.0.1:3000", origin: "https://chat.example" }],
		["our page with a host in capitals", { host: "Chat.Test:3000", origin: "http://chat.test:3000" }],
	])("same: %s", (_, headers) => {
		expect(requestOrigin(headers, "https://chat.example")).toBe("same");
	});

	it.each([
		["another site", { host, origin: "https://evil.test" }],
		["another port", { host, origin: "http://chat.test:3001" }],
		["our name as another's beginning", { host, origin: "http://chat.test:3000.evil.test" }],
		["our name as a user", { host, origin: "http://chat.test:3000@evil.test" }],
		["an opaque origin", { host, origin: "null" }],
		["nonsense", { host, origin: "%%%" }],
		["another scheme", { host, origin: "ftp://chat.test:3000" }],
		["a sister site", { host, origin: "http://chat.test:3000", "sec-fetch-site": "same-site" }],
		["a foreign page that lies", { host, origin: "http://chat.test:3000", "sec-fetch-site": "cross-site" }],
		["an origin without a host to compare", { origin: "http://chat.test:3000" }],
	])("foreign: %s", (_, headers) => {
		expect(requestOrigin(headers, "https://chat.example")).toBe("foreign");
	});

	it("unknown: a request that does not say", () => {
		expect(requestOrigin({ host }, undefined)).toBe("unknown");
		expect(requestOrigin({ host, "sec-fetch-site": "none" }, undefined)).toBe("unknown");
	});
});
