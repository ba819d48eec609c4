import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import type { WebSettings } from "../transport-host.ts";
import { knownDevicesCookie, readKnownDevices } from "./known-devices.ts";

const settings: WebSettings = {
	authSecret: "a secret of at least thirty-two bytes",
	publicOrigin: undefined,
	identityProvider: undefined,
	isTrustedProxy: () => false,
};
const cookieOf = (line: string): string => line.slice(0, line.indexOf(";"));

it("knows a device again, keeps its key, and keeps people who share it apart", async () => {
	const first = await knownDevicesCookie(settings, new Map(), "@ann:kith.test");
	const known = await readKnownDevices({ cookie: cookieOf(first) }, settings);
	expect([...known.keys()]).toEqual(["@ann:kith.test"]);
	const second = await knownDevicesCookie(settings, known, "@ben:kith.test");
	const both = await readKnownDevices({ cookie: cookieOf(second) }, settings);
	expect(both.get("@ann:kith.test")).toBe(known.get("@ann:kith.test"));
	expect(both.get("@ben:kith.test")).not.toBe(both.get("@ann:kith.test"));
});

it("forgets the first of more people than it has room for", async () => {
	let known = await readKnownDevices({}, settings);
	for (let index = 0; index < 12; index += 1) {
		const line = await knownDevicesCookie(settings, known, `@p${index}:kith.test`);
		known = await readKnownDevices({ cookie: cookieOf(line) }, settings);
	}
	expect([...known.keys()]).toEqual(Array.from({ length: 8 }, (_, index) => `@p${index + 4}:kith.test`));
});

it("believes no cookie that the server did not write for this", async () => {
	const known = [["@ann:kith.test", "x"]];
	const forged = [
		"nonsense",
		Buffer.from(JSON.stringify({ known })).toString("base64url"),
		await encode({ token: { known }, secret: "another secret of thirty-two bytes", salt: "known-devices" }),
		// What the server wrote for sessions.
		await encode({ token: { known }, secret: settings.authSecret }),
	];
	for (const value of forged) {
		expect((await readKnownDevices({ cookie: `kith.known-devices=${value}` }, settings)).size).toBe(0);
	}
});

it("is for the server alone, and for TLS alone where people come over it", async () => {
	const plain = await knownDevicesCookie(settings, new Map(), "@ann:kith.test");
	expect(plain).toMatch(/^kith\.known-devices=.*; HttpOnly; SameSite=Lax$/);
	const secure = { ...settings, publicOrigin: "https://chat.example.org" };
	const line = await knownDevicesCookie(secure, new Map(), "@ann:kith.test");
	expect(line).toMatch(/^__Secure-kith\.known-devices=.*; Secure$/);
	expect((await readKnownDevices({ cookie: cookieOf(plain) }, secure)).size).toBe(0);
});
