import type { AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { isAppError } from "../../../shared/app-error.ts";
import type { SignInHost } from "../transport-host.ts";
import type { KnownDevices } from "./known-devices.ts";
import { sessionIdClaim, usesSecureCookies } from "./session-cookie.ts";

/** As long as a session may be idle; each visit begins it anew. */
const cookieMaxAgeSeconds = 180 * 24 * 60 * 60;

const credentialsInput = z.object({
	username: z.string().min(1).max(320),
	password: z.string().min(1).max(512),
	deviceName: z.string().max(200).default(""),
});

export interface SignInCaller {
	/** The caller's network address. */
	readonly address: string;
	/** The accounts that were signed in on this device before. */
	readonly knownDevices: KnownDevices;
	/** Told who is signed in, so that the device is known from then on. */
	onSignedIn(userId: string): Promise<void>;
	/** Told how long to wait, for the answer's `Retry-After`. */
	onRetryAfter(retryAfterMs: number): void;
}

/**
 * next-auth for one request. The cookie holds the session's id; the row decides, so that a session can be ended. A
 * refused sign-in carries the error's code as `error`.
 */
export const nextAuthOptions = (host: SignInHost, caller: SignInCaller): AuthOptions => ({
	secret: host.web.authSecret,
	useSecureCookies: usesSecureCookies(host.web),
	session: { strategy: "jwt", maxAge: cookieMaxAgeSeconds },
	pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
	providers: [
		CredentialsProvider({
			credentials: { username: {}, password: {}, deviceName: {} },
			authorize: (credentials) => authorize(host, caller, credentials),
		}),
	],
	callbacks: {
		jwt: async ({ token, user }) => {
			if (user !== undefined) {
				return { sub: user.id, [sessionIdClaim]: Reflect.get(user, sessionIdClaim) };
			}
			if (await hasEnded(host, token)) {
				// Throwing clears the cookie.
				throw new Error("not-signed-in");
			}
			return { sub: token.sub ?? "", [sessionIdClaim]: token[sessionIdClaim] };
		},
		session: ({ session, token }) => ({ expires: session.expires, user: { name: token.sub ?? "" } }),
	},
	events: {
		signOut: async ({ token }) => {
			const viewer = await findViewer(host, token);
			if (viewer !== undefined) {
				await host.accounts.signOut(viewer);
			}
		},
	},
	// Only the code: the metadata of these lines can hold what people typed.
	logger: {
		error: (code) =>
			code === "JWT_SESSION_ERROR"
				? host.log.debug({ code }, "session ended")
				: host.log.warn({ code }, "sign-in failed"),
		warn: (code) => host.log.debug({ code }, "sign-in notice"),
		debug: () => undefined,
	},
});

const findViewer = async (host: SignInHost, token: Record<string, unknown>) => {
	const sessionId = token[sessionIdClaim];
	return typeof sessionId === "string" ? host.accounts.resolveSession(sessionId) : undefined;
};

/** A database that does not answer signs nobody out: each call asks the session's row again. */
const hasEnded = async (host: SignInHost, token: Record<string, unknown>): Promise<boolean> => {
	try {
		return (await findViewer(host, token)) === undefined;
	} catch (error) {
		if (isAppError(error) && error.code === "unavailable") {
			return false;
		}
		throw error;
	}
};

const authorize = async (host: SignInHost, caller: SignInCaller, credentials: unknown) => {
	const parsed = credentialsInput.safeParse(credentials);
	if (!parsed.success) {
		throw new Error("bad-input");
	}
	try {
		const viewer = await host.accounts.signIn({
			...parsed.data,
			address: caller.address,
			knownDevices: caller.knownDevices,
		});
		await caller.onSignedIn(viewer.userId);
		return { id: viewer.userId, [sessionIdClaim]: viewer.sessionId };
	} catch (error) {
		if (!isAppError(error)) {
			host.log.error({ error: error instanceof Error ? error.name : "unknown" }, "sign-in broke");
			throw new Error("internal");
		}
		if (error.retryAfterMs !== undefined) {
			caller.onRetryAfter(error.retryAfterMs);
		}
		throw new Error(error.code);
	}
};
