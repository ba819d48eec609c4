import type { AuthOptions, Profile } from "next-auth";
import * as z from "zod";
import { signInAddress, signUpAddress } from "../../../shared/return-address.ts";
import type { Viewer } from "../../accounts/public.ts";
import type { SignInHost, WebSettings } from "../transport-host.ts";
import { codeOf, type SignInCaller } from "./sign-in-providers.ts";

export const identityProviderId = "oidc";

const claims = z.object({
	iss: z.string().min(1).max(512),
	sub: z.string().min(1).max(255),
	name: z.string().max(120).optional().catch(undefined),
	/** Seconds since the Unix epoch. */
	auth_time: z.number().optional().catch(undefined),
});

/**
 * The configured OpenID provider: authorization code with PKCE, state and nonce; its word is the signed ID token. Of whoever is
 * to show that they are there it is asked to make them sign in anew (OpenID Connect Core 1.0, section 3.1.2.1).
 */
export const identityProviders = (
	{ identityProvider }: WebSettings,
	{ confirms }: SignInCaller,
): AuthOptions["providers"] => {
	if (identityProvider === undefined) return [];
	const { issuer, clientId, clientSecret, name } = identityProvider;
	return [
		{
			id: identityProviderId,
			type: "oauth",
			name,
			issuer,
			clientId,
			clientSecret,
			wellKnown: `${issuer}/.well-known/openid-configuration`,
			idToken: true,
			checks: ["pkce", "state", "nonce"],
			authorization: { params: { scope: "openid profile", ...(confirms && { prompt: "login", max_age: 0 }) } },
			httpOptions: { timeout: 10_000 },
			profile: (profile: { sub: string }) => ({ id: profile.sub }),
		},
	];
};

/** Where next-auth goes on after the provider's word was checked: in, or to an address of ours. */
export type IdentityArrival = { readonly viewer: Viewer } | { readonly address: string };

/** Signs the person in whom the ID token names, or sends them to the form that makes an account. */
export const receiveIdentity = async (
	host: SignInHost,
	caller: SignInCaller,
	profile: Profile | undefined,
): Promise<IdentityArrival> => {
	const { wanted, registrationToken, deviceName, confirms } = caller;
	const named = claims.safeParse(profile);
	if (!named.success) return { address: failedAddress(caller, "bad-input") };
	const { iss: issuer, sub: subject, name: suggestedName, auth_time: seconds } = named.data;
	try {
		if (confirms !== undefined) {
			const authenticatedAt = seconds === undefined ? undefined : seconds * 1000;
			const confirmation = { identity: { issuer, subject }, authenticatedAt, ...confirms };
			caller.onConfirmed(await host.accounts.confirmWithIdentity(confirmation));
			return { address: wanted };
		}
		const outcome = await host.accounts.signInWithIdentity({
			identity: { issuer, subject },
			...{ suggestedName, deviceName, registrationToken },
		});
		if (outcome.kind === "signed-in") {
			await caller.onSignedIn(outcome.viewer.userId);
			return { viewer: outcome.viewer };
		}
		caller.onUnknownIdentity(outcome.ticket);
		return { address: signUpAddress(wanted, { with: "provider" }) };
	} catch (error) {
		return { address: failedAddress(caller, codeOf(error, { host, caller })) };
	}
};

/** Where whoever was not let in reads why: at the sign-in or, signed in, where they wanted to go. */
export const failedAddress = ({ wanted, confirms }: SignInCaller, error?: string): string => {
	if (confirms === undefined) return signInAddress(wanted, error === undefined ? {} : { error });
	return error === undefined ? wanted : `${wanted}${wanted.includes("?") ? "&" : "?"}${new URLSearchParams({ error })}`;
};
