import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIpv6Address, nearAddress } from "./near-address.ts";

describe("nearAddress", () => {
	it.each([
		["http://localhost:11434", "http://localhost:11434", "device"],
		["http://LOCALHOST:11434/", "http://localhost:11434", "device"],
		["http://127.0.0.1:1", "http://127.0.0.1:1", "device"],
		["http://2130706433:11434", "http://127.0.0.1:11434", "device"],
		["https://ai.localhost", "https://ai.localhost", "device"],
		["http://192.168.1.20:11434", "http://192.168.1.20:11434", "network"],
		["http://10.0.0.1", "http://10.0.0.1", "network"],
		["http://172.31.0.1", "http://172.31.0.1", "network"],
		["http://100.64.0.1", "http://100.64.0.1", "network"],
		["https://tower.local:443", "https://tower.local", "network"],
		["http://box.home.arpa:80", "http://box.home.arpa", "network"],
	])("takes %s", (text, origin, reach) => {
		expect(nearAddress(text)).toMatchObject({ origin, reach });
	});

	it.each([
		"https://ollama.example",
		"http://8.8.8.8:11434",
		"http://172.32.0.1",
		"http://100.128.0.1",
		"http://localhost.example",
		"http://127.0.0.1.example",
		"http://192.168.1.20.example",
		"http://local",
		"http://user@localhost:11434",
		"http://localhost:11434/path",
		"http://localhost:11434/?at=1",
		"http://localhost:11434/#x",
		"ftp://localhost",
		"ws://localhost:11434",
		"javascript:alert(1)",
		"localhost:11434",
		"http://a;b.local",
		"http://a,b.local",
		"http://*.local",
		"http://a'b.local",
		"http://localhost http://evil.example",
		"",
		`http://${"a".repeat(400)}.local`,
	])("refuses %s", (text) => {
		expect(nearAddress(text)).toBeUndefined();
	});

	it.each([
		"http://[::1]:11434",
		"http://[0:0:0:0:0:0:0:1]:11434",
		"http://[::]:11434",
		"http://[::ffff:127.0.0.1]:11434",
		"http://[::ffff:7f00:1]:11434",
		"http://[::127.0.0.1]:11434",
		"http://[64:ff9b::7f00:1]:11434",
		"http://[fd00::1]:11434",
		"https://[fe80::1]",
		"http://[2606:4700::1111]",
	])("refuses %s, and knows it for an address of IPv6", (text) => {
		expect(nearAddress(text)).toBeUndefined();
		expect(isIpv6Address(text)).toBe(true);
	});

	it.each(["http://localhost", "http://10.0.0.1", "[::1]", "http://::1", "http://[::1", ""])(
		"takes %s for none of IPv6",
		(text) => {
			expect(isIpv6Address(text)).toBe(false);
		},
	);

	it("gives out nothing that could add to a policy, whatever it is given", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 40 }), (name) => {
				const found = nearAddress(`http://${name}.local:1`);
				if (found !== undefined) expect(found.origin).toMatch(/^https?:\/\/[a-z0-9.-]+(:\d+)?$/);
			}),
		);
	});
});
