import { useState } from "react";
import { createPasskey, PasskeyCancelled } from "../../client/session/passkeys.ts";
import { goToIdentityProvider, signInWithTicket } from "../../client/session/sign-in.ts";
import { type CallFailure, failureOf } from "../../client/trpc/errors.ts";
import { httpClient } from "../../client/trpc/http-client.ts";
import { recoveryKeyAddress, wantedAddress } from "../../shared/return-address.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

/** What the form says, whichever way the person will sign in. */
export interface Registration {
	readonly way: "passkey" | "password" | "provider";
	readonly localpart: string;
	readonly displayName: string;
	readonly password: string;
	readonly token: string;
}

/** Makes the account and signs its person in, or leads to the identity provider first. */
export function useRegistration() {
	const [busyWith, setBusyWith] = useState<"form" | "provider" | undefined>();
	const [error, setError] = useState<string | undefined>();
	const run = async (what: "form" | "provider", work: () => Promise<CallFailure["code"] | undefined>) => {
		if (busyWith !== undefined) return;
		setBusyWith(what);
		setError(undefined);
		try {
			const refusal = await work();
			// Without one the page is left.
			if (refusal === undefined) return;
			setError(failureText(refusal));
		} catch (failure) {
			const isCancelled = failure instanceof PasskeyCancelled;
			setError(isCancelled ? text("signUp.noPasskey") : failureText(failureOf(failure).code));
		}
		setBusyWith(undefined);
	};
	return {
		...{ busyWith, error },
		/** What was wrong is being changed. */
		forgetError: () => setError(undefined),
		submit: (registration: Registration) => run("form", () => enter(registration)),
		goToProvider: (token: string) =>
			run("provider", async () => {
				await goToIdentityProvider(wantedHere(), token === "" ? {} : { registrationToken: token });
				return undefined;
			}),
	};
}

async function enter(registration: Registration): Promise<CallFailure["code"] | undefined> {
	const result = await signInWithTicket(await register(registration));
	if (result.kind !== "signedIn") return result.code;
	// A whole page load, so that nothing of an earlier session is left in memory.
	// Without TLS a browser has no place for keys, so there is none to keep.
	location.assign(isSecureContext ? recoveryKeyAddress(wantedHere()) : wantedHere());
	return undefined;
}

function wantedHere(): string {
	return wantedAddress(location.search, location.origin);
}

async function register(registration: Registration): Promise<string> {
	const { way, localpart, displayName, password, token } = registration;
	const who = { localpart, displayName, ...(token !== "" && { registrationToken: token }) };
	const wayIn =
		way === "password"
			? { password }
			: way === "provider"
				? { withIdentity: true as const }
				: { passkey: await createPasskey(await httpClient.beginPasskeySignUp(who)) };
	return (await httpClient.register({ ...who, ...wayIn })).signInTicket;
}
