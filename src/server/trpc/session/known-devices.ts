import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { decode, encode } from "next-auth/jwt";
import * as z from "zod";
import { parseCookies } from "../request/request-cookies.ts";
import type { WebSettings } from "../transport-host.ts";
import { usesSecureCookies } from "./session-cookie.ts";

/** By user id: a key that stands for this device, which tells nothing about the session. */
export type KnownDevices = ReadonlyMap<string, string>;

const claims = z.object({ known: z.array(z.tuple([z.string().max(255), z.string().max(64)])).max(8) });
/** People who share a device; whoever was signed in first is forgotten first. */
const mostAccounts = 8;
/** As long as browsers keep a cookie at most. */
const maxAgeSeconds = 400 * 24 * 60 * 60;
const salt = "known-devices";

const cookieName = (settings: WebSettings): string =>
	`${usesSecureCookies(settings) ? "__Secure-" : ""}kith.known-devices`;

/**
 * Which accounts were signed in on this device before. The cookie is encrypted and dated by the server: it cannot be
 * made up, and it signs nobody in. It only says where an attempt is counted.
 */
export const readKnownDevices = async (headers: IncomingHttpHeaders, settings: WebSettings): Promise<KnownDevices> => {
	const token = parseCookies(headers.cookie)[cookieName(settings)];
	if (token === undefined) return new Map();
	const decoded = await decode({ token, secret: settings.authSecret, salt }).catch(() => null);
	const parsed = claims.safeParse(decoded);
	return new Map(parsed.success ? parsed.data.known : []);
};

/**
 * The `Set-Cookie` line of a device on which this account has just been signed in. `Lax`: coming back from an identity
 * provider, it would otherwise be unread and lose the others who share the device.
 */
export const knownDevicesCookie = async (
	settings: WebSettings,
	known: KnownDevices,
	userId: string,
): Promise<string> => {
	const others = [...known].filter(([id]) => id !== userId).slice(1 - mostAccounts);
	const all = [...others, [userId, known.get(userId) ?? randomUUID()]];
	const token = await encode({ token: { known: all }, secret: settings.authSecret, salt, maxAge: maxAgeSeconds });
	const secure = usesSecureCookies(settings) ? "; Secure" : "";
	return `${cookieName(settings)}=${token}; Path=/api/auth; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
};
