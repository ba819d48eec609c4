import type { AuthOptions, Profile } from "next-auth";
import { z } from "zod";
import { signInAddress, signUpAddress } from "../../../shared/return-address.ts";
import type { Viewer } from "../../accounts/public.ts";
import type { SignInHost, WebSettings } from "../transport-host.ts";
import { codeOf, type SignInCaller } from "./sign-in-providers.ts";

export const identityProviderId = "oidc";

const claims = z.object({
	iss: z.string().min(1).max(512),
	sub: z.string().min(1).max(255),
	name: z.string().max(120).optional().catch(undefined),
});

/** The configured OpenID provider: authorization code with PKCE, state and nonce; its word is the signed ID token. */
export const identityProviders = ({ identityProvider }: WebSettings): AuthOptions["providers"] => {
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
			authorization: { params: { scope: "openid profile" } },
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
	const { wanted, registrationToken, deviceName } = caller;
	const named = claims.safeParse(profile);
	if (!named.success) return { address: signInAddress(wanted, { error: "bad-input" }) };
	const { iss: issuer, sub: subject, name: suggestedName } = named.data;
	try {
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
		return { address: signInAddress(wanted, { error: codeOf(error, { host, caller }) }) };
	}
};
