import { encode } from "next-auth/jwt";
import { expect, it } from "vitest";
import type { WebSettings } from "../transport-host.ts";
import { asksToConfirm, readProviderTrip, registrationTokenIn, tripCookie } from "./provider-trip.ts";

const settings: WebSettings = {
	authSecret: "a secret of at least thirty-two bytes",
	publicOrigin: undefined,
	identityProvider: undefined,
	isTrustedProxy: () => false,
};
const registrationToken = "a-token-of-some-length";
const { authSecret: secret } = settings;
const salt = "provider-trip";
const cookieOf = (line: string): string => line.slice(0, line.indexOf(";"));

it("keeps a token for the server alone, and drops it", async () => {
	const line = await tripCookie(settings, { registrationToken });
	expect(line).toMatch(/^kith\.trip=[^;]+; Path=\/api\/auth; Max-Age=900; HttpOnly; SameSite=Lax$/);
	expect(line).not.toContain(registrationToken);
	expect(await readProviderTrip({ cookie: cookieOf(line) }, settings)).toEqual({ wanted: "/chat", registrationToken });
	expect(await tripCookie(settings, {})).toMatch(/^kith\.trip=; .*Max-Age=0;/);
	const secure = { ...settings, publicOrigin: "https://chat.example.org" };
	expect(await tripCookie(secure, { registrationToken })).toMatch(/^__Secure-kith\.trip=.*; Secure$/);
});

it("keeps which session asked its person to show that they are there, and since when", async () => {
	const confirms = { sessionId: "a-session", askedAt: 1_700_000_000_000 };
	const line = await tripCookie(settings, { confirms });
	expect(await readProviderTrip({ cookie: cookieOf(line) }, settings)).toEqual({ wanted: "/chat", confirms });
	expect([{ confirms: "yes" }, { confirms: "no" }, {}, undefined, "yes"].map(asksToConfirm)).toEqual([
		...[true, false, false, false, false],
	]);
});

it("believes no cookie that the server did not write for this, nor an old one", async () => {
	const token = { registrationToken };
	const forged = [
		registrationToken,
		await encode({ token, secret: "another secret of thirty-two bytes", salt }),
		await encode({ token, secret }),
		await encode({ token, secret, salt, maxAge: -60 }),
		await encode({ token: { registrationToken: "short" }, secret, salt }),
	];
	for (const value of forged) {
		const trip = await readProviderTrip({ cookie: `kith.trip=${value}` }, settings);
		expect(trip.registrationToken).toBeUndefined();
	}
});

it.each([
	["https://chat.example.org/chat/!room?a=b", "/chat/!room?a=b"],
	["https://chat.example.org/", "/chat"],
	["https://chat.example.org//evil.example", "/chat"],
	["https://chat.example.org/sign-in", "/chat"],
	["javascript:alert(1)", "/chat"],
	["nonsense", "/chat"],
])("of the address %s leads back to %s", async (kept, wanted) => {
	const cookie = `next-auth.callback-url=${encodeURIComponent(kept)}`;
	expect((await readProviderTrip({ cookie }, settings)).wanted).toBe(wanted);
});

it("takes no token but a text of a token's length", () => {
	expect(registrationTokenIn({ registrationToken })).toBe(registrationToken);
	for (const body of [undefined, "", {}, { registrationToken: "short" }, { registrationToken: [registrationToken] }]) {
		expect(registrationTokenIn(body)).toBeUndefined();
	}
});
