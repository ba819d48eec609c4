import type { AuthOptions } from "next-auth";
import { isAppError } from "../../../shared/app-error.ts";
import type { Viewer } from "../../accounts/public.ts";
import type { SignInHost } from "../transport-host.ts";
import { failedAddress, identityProviderId, identityProviders, receiveIdentity } from "./identity-provider.ts";
import { sessionIdClaim, usesSecureCookies } from "./session-cookie.ts";
import { credentialsProviders, type SignInCaller } from "./sign-in-providers.ts";

/** As long as a session may be idle; each visit begins it anew. */
const cookieMaxAgeSeconds = 180 * 24 * 60 * 60;

type Callbacks = NonNullable<AuthOptions["callbacks"]>;

/**
 * next-auth for one request. The cookie holds the session's id; the row decides, so that a session can be ended. A
 * refused sign-in carries the error's code as `error`.
 */
export const nextAuthOptions = (host: SignInHost, caller: SignInCaller): AuthOptions => ({
	secret: host.web.authSecret,
	useSecureCookies: usesSecureCookies(host.web),
	session: { strategy: "jwt", maxAge: cookieMaxAgeSeconds },
	pages: { signIn: failedAddress(caller), signOut: "/sign-in", error: failedAddress(caller) },
	providers: [...credentialsProviders(host, caller), ...identityProviders(host.web, caller)],
	callbacks: {
		...arrivals(host, caller),
		// Nobody has an empty name: there is no user in the answer then, which is how a page knows.
		session: ({ session: { expires }, token }) => (token.sub ? { expires, user: { name: token.sub } } : { expires }),
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

/** Who came from the identity provider is made a session when the provider's word is in; the token carries it after. */
const arrivals = (host: SignInHost, caller: SignInCaller): Pick<Callbacks, "signIn" | "jwt"> => {
	let arrived: Viewer | undefined;
	return {
		signIn: async ({ account, profile }) => {
			if (account?.provider !== identityProviderId) return true;
			const arrival = await receiveIdentity(host, caller, profile);
			if ("address" in arrival) return arrival.address;
			arrived = arrival.viewer;
			return true;
		},
		jwt: async ({ token, user }) => {
			if (arrived !== undefined) return { sub: arrived.userId, [sessionIdClaim]: arrived.sessionId };
			if (user !== undefined) return { sub: user.id, [sessionIdClaim]: Reflect.get(user, sessionIdClaim) };
			if (await hasEnded(host, token)) {
				// A page that asks with it is told that the session was ended, and forgets what it keeps.
				if (await wasRevoked(host, token)) return { sub: "", [sessionIdClaim]: token[sessionIdClaim] };
				// Throwing clears the cookie.
				throw new Error("not-signed-in");
			}
			return { sub: token.sub ?? "", [sessionIdClaim]: token[sessionIdClaim] };
		},
	};
};

const findViewer = async (host: SignInHost, token: Record<string, unknown>) => {
	const sessionId = token[sessionIdClaim];
	return typeof sessionId === "string" ? host.accounts.resolveSession(sessionId) : undefined;
};

const wasRevoked = async (host: SignInHost, token: Record<string, unknown>): Promise<boolean> => {
	const sessionId = token[sessionIdClaim];
	return typeof sessionId === "string" && host.accounts.wasRevoked(sessionId);
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
