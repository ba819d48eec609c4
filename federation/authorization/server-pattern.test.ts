import { describe, expect, it } from "vitest";
import type { ServerName } from "../identifiers/identifier-types.ts";
import { isServerAllowed } from "./server-acl.ts";
import { serverPattern } from "./server-pattern.ts";

describe("a pattern for servers", () => {
	it("ACL-06: is the host alone, however it was written", () => {
		for (const [written, pattern] of [
			["example.org", "example.org"],
			[" EXAMPLE.org. ", "example.org"],
			["example.org:8448", "example.org"],
			["https://example.org/", "example.org"],
			["*.Example.org:443", "*.example.org"],
			["192.0.2.1:8448", "192.0.2.1"],
			["[2001:DB8::1]:8448", "[2001:db8::1]"],
			["2001:db8::1", "[2001:db8::1]"],
			["ev?l.example", "ev?l.example"],
		] as const) {
			expect([written, serverPattern(written)]).toEqual([written, pattern]);
		}
	});

	it("is none where no server could be meant", () => {
		for (const written of [
			"",
			" ",
			".",
			"two words",
			"@ada:example.org",
			"#room",
			"http://example.org",
			"a/b",
			"[x]",
			"ü.example",
			"a\u0000b",
		]) {
			expect([written, serverPattern(written)]).toEqual([written, undefined]);
		}
		expect(serverPattern("a".repeat(256))).toBeUndefined();
	});

	it("ACL-06: blocks the server whatever the spelling on either side", () => {
		const isBlocked = (written: string, server: string): boolean =>
			!isServerAllowed({ allow: ["*"], deny: [serverPattern(written) ?? "none"] }, server as ServerName);
		for (const [written, server] of [
			["evil.example:8448", "evil.example"],
			["evil.example", "EVIL.Example:1234"],
			["evil.example", "evil.example."],
			["*.evil.example", "a.b.EVIL.example:8448"],
			["2001:db8:0:0:0:0:0:1", "[2001:DB8::1]:8448"],
			["[2001:db8::1]", "[2001:0db8:0000:0000:0000:0000:0000:0001]"],
			["192.0.2.1", "[::ffff:192.0.2.1]"],
		] as const) {
			expect([written, server, isBlocked(written, server)]).toEqual([written, server, true]);
		}
		expect(isBlocked("evil.example", "notevil.example")).toBe(false);
	});
});
