import { expect, it } from "vitest";
import { clientAddress, trustedProxies } from "./client-address.ts";
import { parseCookies } from "./request-cookies.ts";

it.each([
	["an IPv4 peer", "203.0.113.9", undefined, "203.0.113.9"],
	["a mapped IPv4 peer", "::ffff:203.0.113.9", undefined, "203.0.113.9"],
	["a peer that claims to be a proxy", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
	["what the local proxy wrote last", "127.0.0.1", "10.0.0.1, 198.51.100.1", "198.51.100.1"],
	["what a trusted proxy further out wrote", "127.0.0.1", "10.0.0.1, 198.51.100.1, 172.18.0.9", "198.51.100.1"],
	["a proxy of a trusted network", "172.18.0.7", "198.51.100.1", "198.51.100.1"],
	["a stranger's word handed on by trusted proxies", "172.18.0.7", "127.0.0.1, 198.51.100.1", "198.51.100.1"],
	["a proxy outside the trusted network", "172.19.0.7", "198.51.100.1", "172.19.0.7"],
	["nonsense from the local proxy", "127.0.0.1", "unknown", "127.0.0.1"],
	["the network of an IPv6 peer", "2001:db8:0:1:aaaa::1", undefined, "2001:db8:0:1::/64"],
	["the same network, written otherwise", "2001:0DB8::0001:bbbb:0:0:2", undefined, "2001:db8:0:1::/64"],
	["IPv6 loopback without a proxy", "::1", undefined, "0:0:0:0::/64"],
	["no socket", undefined, undefined, "unknown"],
])("%s", (...[, remoteAddress, forwarded, key]) => {
	const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
	expect(clientAddress({ headers, socket: { remoteAddress } }, trustedProxies(["172.18.0.0/16"]))).toBe(key);
});

it("reads cookies, the first of equal names, and none of an object's own names", () => {
	const cookies = parseCookies("a=1; b=x%20y; a=2; broken=%zz; =no; flag; __proto__=3");
	expect(Object.entries(cookies)).toEqual([
		["a", "1"],
		["b", "x y"],
		["broken", "%zz"],
		["__proto__", "3"],
	]);
	expect(parseCookies(undefined)).toEqual({});
});
