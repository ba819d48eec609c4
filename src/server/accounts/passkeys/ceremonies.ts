import type { NewPasskey, StoredPasskey } from "../ports.ts";

/** For which site a passkey is, and from which page the browser says it was used. */
export interface RelyingParty {
	/** The host's name. */
	readonly id: string;
	readonly origin: string;
}

/** What a browser is asked to do, in WebAuthn's JSON form. */
export interface PasskeyOptions {
	readonly challenge: string;
	readonly [field: string]: unknown;
}

/** What a browser answers, in WebAuthn's JSON form, unchecked. */
export interface PasskeyResponse {
	/** The credential id, in base64url. */
	readonly id: string;
	readonly response: { readonly clientDataJSON: string; readonly [field: string]: unknown };
	readonly [field: string]: unknown;
}

export interface PasskeyCreation {
	readonly relyingParty: RelyingParty;
	readonly userHandle: string;
	readonly userName: string;
	readonly displayName: string;
	/** Credentials of the person: an authenticator that has one makes no second. */
	readonly known: readonly Pick<NewPasskey, "id" | "transports">[];
}

/** The ceremonies of WebAuthn. What does not verify is undefined, for whatever reason. */
export interface PasskeyCeremonies {
	/** Asks for a credential that the browser finds without being told a name, used by finger, face or PIN. */
	creationOptions(creation: PasskeyCreation): Promise<PasskeyOptions>;
	requestOptions(relyingParty: RelyingParty): Promise<PasskeyOptions>;
	/** The challenge that a response claims to answer. */
	challengeOf(response: PasskeyResponse): string | undefined;
	verifyCreation(
		response: PasskeyResponse,
		expected: { readonly relyingParty: RelyingParty; readonly challenge: string },
	): Promise<Omit<NewPasskey, "name" | "userHandle"> | undefined>;
	/** The authenticator's new count of uses. */
	verifyUse(
		response: PasskeyResponse,
		expected: { readonly relyingParty: RelyingParty; readonly challenge: string; readonly passkey: StoredPasskey },
	): Promise<number | undefined>;
}
