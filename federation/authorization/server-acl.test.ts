import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/json-value.ts";
import { serverName } from "../testing/identifiers.ts";
import { isServerAllowed } from "./server-acl.ts";

const allows = (content: JsonObject | undefined, server: string): boolean =>
	isServerAllowed(content, serverName(server));
/** Everybody but these. */
const without = (...deny: readonly string[]): JsonObject => ({ allow: ["*"], deny });

describe("a room's access list", () => {
	it("ACL-01 is needed to keep anybody out, and lets nobody in by itself", () => {
		expect(allows(undefined, "one.example")).toBe(true);
		expect(allows({}, "one.example")).toBe(false);
		expect(allows({ allow: [] }, "one.example")).toBe(false);
		expect(allows({ allow: ["*"] }, "one.example")).toBe(true);
	});

	it("ACL-02 is decided by deny before allow, and what is in neither is out", () => {
		const list = { allow: ["*.example", "evil.example"], deny: ["evil.example"] };
		expect([allows(list, "one.example"), allows(list, "evil.example"), allows(list, "one.test")]).toEqual([
			true,
			false,
			false,
		]);
	});

	it.each(["192.0.2.1", "192.0.2.1:8448", "[2001:db8::1]", "[2001:db8::1]:8448", "[::ffff:192.0.2.1]"])(
		"ACL-03 keeps %s out where addresses are",
		(server) => {
			expect(allows({ allow: ["*"], allow_ip_literals: false }, server)).toBe(false);
			expect(allows({ allow: ["*"], allow_ip_literals: true }, server)).toBe(true);
			expect(allows({ allow: ["*"] }, server)).toBe(true);
		},
	);

	it("ACL-03 keeps no name out for looking like an address", () => {
		const list = { allow: ["*"], allow_ip_literals: false };
		for (const server of ["192.0.2.1.example", "1.example", "256.0.0.1.example"])
			expect([server, allows(list, server)]).toEqual([server, true]);
	});

	it.each([
		["evil.example", "evil.example", true],
		["evil.example", "an.evil.example", false],
		["evil.example", "evil.example.org", false],
		["*.evil.example", "an.evil.example", true],
		["*.evil.example", "a.n.evil.example", true],
		["*.evil.example", "evil.example", false],
		["evil?.example", "evil1.example", true],
		["evil?.example", "evil.example", false],
		["evil?.example", "evil12.example", false],
		["e*l.*", "evil.example", true],
		["*", "evil.example", true],
		["**?", "evil.example", true],
		["evil.+", "evil.xx", false],
		["evil.exampl[e]", "evil.example", false],
		["", "evil.example", false],
	])("ACL-04 the pattern %j for %s", (pattern, server, isMatched) => {
		expect(allows(without(pattern), server)).toBe(!isMatched);
	});

	it("ACL-04 a pattern made to be slow is not", () => {
		const slow = `${"*a".repeat(120)}b`;
		expect(allows(without(...Array.from({ length: 200 }, () => slow)), "a".repeat(250))).toBe(true);
	});

	it.each(["evil.example:8448", "EVIL.example", "Evil.Example:1", "evil.example.", "evil.example.:443"])(
		"ACL-05 is not got past as %s",
		(server) => {
			expect(allows(without("evil.example"), server)).toBe(false);
			expect(allows(without("EVIL.EXAMPLE"), server)).toBe(false);
		},
	);

	it.each([
		["[2001:db8::1]", "[2001:DB8::1]"],
		["[2001:db8::1]", "[2001:db8:0:0::1]:8448"],
		["[2001:db8::1]", "[2001:0db8:0000:0000:0000:0000:0000:0001]"],
		["[2001:0db8:0:0:0:0:0:1]", "[2001:db8::1]"],
		["[2001:db8::192.0.2.1]", "[2001:db8::c000:201]"],
		["[2001:db8:*]", "[2001:0db8::1]"],
		["[2001:0db8:*]", "[2001:db8::1]"],
		["[::1]", "[0:0:0:0:0:0:0:1]"],
		["[1:0:0:2::]", "[1:0:0:2:0:0:0:0]"],
		["192.0.2.1", "[::ffff:192.0.2.1]"],
		["192.0.2.*", "[::ffff:c000:0201]:8448"],
		["192.0.2.1", "192.0.2.1:8448"],
		["192.0.2.1", "192.000.02.1"],
	])("ACL-06 what says %s is not got past as %s", (pattern, server) => {
		expect(allows(without(pattern), server)).toBe(false);
		expect(allows({ allow: [pattern] }, server)).toBe(true);
	});

	it("ACL-06 addresses that differ are different", () => {
		expect(allows(without("[2001:db8::1]"), "[2001:db8::2]")).toBe(true);
		expect(allows(without("192.0.2.1"), "[::fffe:192.0.2.1]")).toBe(true);
	});

	it("ACL-07 names nothing by what is of the wrong kind", () => {
		expect(allows({ allow: "*" }, "one.example")).toBe(false);
		expect(allows({ allow: [1, null, ["*"], "*"], deny: "one.example" }, "one.example")).toBe(true);
		expect(allows({ allow: ["*"], deny: { "0": "one.example" } }, "one.example")).toBe(true);
		expect(allows({ allow: ["*"], allow_ip_literals: "false" }, "192.0.2.1")).toBe(true);
		expect(allows({ allow: ["*"], allow_ip_literals: 0 }, "192.0.2.1")).toBe(true);
	});
});
