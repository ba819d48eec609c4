import {
	type AuthenticationResponseJSON,
	type AuthenticatorTransport,
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type RegistrationResponseJSON,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeClientDataJSON } from "@simplewebauthn/server/helpers";
import type { PasskeyCeremonies, PasskeyOptions, PasskeyResponse } from "../../accounts/public.ts";

const timeoutMs = 5 * 60_000;

/** WebAuthn by the library. A passkey is the whole way in, so its person must be verified: by finger, face or PIN. */
export const createPasskeyCeremonies = (): PasskeyCeremonies => ({
	creationOptions: async ({ relyingParty, userHandle, userName, displayName, known }) =>
		asOptions(
			await generateRegistrationOptions({
				rpID: relyingParty.id,
				rpName: relyingParty.id,
				userID: new Uint8Array(Buffer.from(userHandle, "base64url")),
				userName,
				userDisplayName: displayName,
				timeout: timeoutMs,
				attestationType: "none",
				authenticatorSelection: { residentKey: "required", userVerification: "required" },
				// So that it can keep a secret for its person, of which this server learns nothing.
				extensions: keepsSecrets,
				excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
			}),
		),
	// Naming no credential lets the browser offer every account it has a passkey for.
	requestOptions: async ({ id }) =>
		asOptions(
			await generateAuthenticationOptions({
				rpID: id,
				timeout: timeoutMs,
				userVerification: "required",
				allowCredentials: [],
			}),
		),
	challengeOf: ({ response }) => {
		try {
			const { challenge } = decodeClientDataJSON(response.clientDataJSON);
			return typeof challenge === "string" ? challenge : undefined;
		} catch {
			return undefined;
		}
	},
	verifyCreation: async (response, { relyingParty, challenge }) => {
		const { registrationInfo } = await orNothing(
			verifyRegistrationResponse({
				response: response as unknown as RegistrationResponseJSON,
				expectedChallenge: challenge,
				expectedOrigin: relyingParty.origin,
				expectedRPID: relyingParty.id,
				requireUserVerification: true,
			}),
		);
		if (registrationInfo === undefined) return undefined;
		const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
		return { id, publicKey, signCount: counter, transports: transportsOf(transports) };
	},
	verifyUse: async (response, { relyingParty, challenge, passkey }) => {
		if (!isOfSameAccount(response, passkey.userHandle)) return undefined;
		const { verified, authenticationInfo } = await orNothing(
			verifyAuthenticationResponse({
				response: response as unknown as AuthenticationResponseJSON,
				expectedChallenge: challenge,
				expectedOrigin: relyingParty.origin,
				expectedRPID: relyingParty.id,
				requireUserVerification: true,
				credential: {
					id: passkey.id,
					publicKey: new Uint8Array(passkey.publicKey),
					counter: passkey.signCount,
					transports: transportsOf(passkey.transports),
				},
			}),
		);
		return verified === true ? authenticationInfo?.newCounter : undefined;
	},
});

/** Web Authentication Level 3, "Pseudo-random function extension", which the library's types do not name. */
const keepsSecrets: object = { prf: {} };

const asOptions = (options: { readonly challenge: string }): PasskeyOptions => ({ ...options });

/** The library throws for most of what does not verify; a caller learns no more than that. */
const orNothing = <T extends object>(verifying: Promise<T>): Promise<Partial<T>> =>
	verifying.catch((): Partial<T> => ({}));

/** A browser that found the credential by itself says for which account. */
const isOfSameAccount = ({ response }: PasskeyResponse, userHandle: string): boolean =>
	response["userHandle"] === undefined || response["userHandle"] === null || response["userHandle"] === userHandle;

const knownTransports = new Set(["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"]);

const transportsOf = (transports: readonly string[]): AuthenticatorTransport[] =>
	transports.filter((transport): transport is AuthenticatorTransport => knownTransports.has(transport));
