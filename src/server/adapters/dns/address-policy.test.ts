import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAddressPolicy } from "./address-policy.ts";

describe("the addresses that may be reached", () => {
	it.each([
		"1.1.1.1",
		"8.8.8.8",
		"172.32.0.1",
		"192.169.0.1",
		"2606:4700::1111",
		"2a00:1450:4001::1",
		"64:ff9b::8.8.8.8",
	])("are public ones: %s", (address) => {
		expect(createAddressPolicy([])(address)).toBe(true);
	});

	it.each([
		"0.0.0.0",
		"10.1.2.3",
		"100.64.0.1",
		"127.0.0.1",
		"127.255.255.254",
		"169.254.169.254",
		"172.16.0.1",
		"172.31.255.255",
		"192.0.0.1",
		"192.0.2.1",
		"192.168.1.1",
		"198.19.0.1",
		"203.0.113.5",
		"224.0.0.1",
		"255.255.255.255",
		"::",
		"::1",
		"0:0:0:0:0:0:0:1",
		"::127.0.0.1",
		"::ffff:127.0.0.1",
		"::ffff:7f00:1",
		"0:0:0:0:0:FFFF:0A00:0001",
		"64:ff9b::10.0.0.1",
		"64:ff9b::a00:1",
		"64:ff9b:1::8.8.8.8",
		"2001:db8::1",
		"2001::1",
		"2002:7f00:1::1",
		"100::1",
		"fc00::1",
		"fd12:3456::1",
		"fe80::1",
		"fe80::1%eth0",
		"2606:4700::1111%eth0",
		"fec0::1",
		"ff02::1",
	])("are not private, local, mapped or reserved ones: %s", (address) => {
		expect(createAddressPolicy([])(address)).toBe(false);
	});

	it.each(["", "localhost", "127.1", "2130706433", "0x7f.0.0.1"])("are no names: %j", (text) => {
		expect(createAddressPolicy(["0.0.0.0/0", "::/0"])(text)).toBe(false);
	});

	it("are judged alike however an IPv4 address is written as an IPv6 one", () => {
		const mayReach = createAddressPolicy(["10.7.0.0/16"]);
		const hex = (high: number, low: number) => ((high << 8) | low).toString(16);
		fc.assert(
			fc.property(fc.nat(255), fc.constantFrom(0, 7, 16, 31, 64, 168, 254, 255), fc.nat(255), (a, b, c) => {
				const plain = [a, b, c, 9].join(".");
				for (const written of [
					`::ffff:${plain}`,
					`::FFFF:${hex(a, b)}:${hex(c, 9)}`,
					`0:0:0:0:0:ffff:${hex(a, b)}:${hex(c, 9)}`,
					`64:ff9b::${plain}`,
					`64:ff9b:0:0:0:0:${hex(a, b)}:${hex(c, 9)}`,
				]) {
					expect([written, mayReach(written)]).toEqual([written, mayReach(plain)]);
				}
			}),
		);
	});

	it("are those of the networks that the owner opened, however they are written, and no more", () => {
		const mayReach = createAddressPolicy(["127.0.0.0/8", "10.1.0.0/16", "fd00:1::/32", "192.168.7.7"]);
		const open = ["127.0.0.1", "::ffff:127.0.0.1", "10.1.255.1", "fd00:1::9", "192.168.7.7"];
		expect(open.filter((address) => !mayReach(address))).toEqual([]);
		expect(["10.2.0.1", "fd00:2::9", "192.168.7.8", "::1"].filter(mayReach)).toEqual([]);
	});
});
