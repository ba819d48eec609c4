import { useState } from "react";
import { createPasskey, PasskeyCancelled } from "../../client/session/passkeys.ts";
import { wantedAddress } from "../../client/session/return-address.ts";
import { signInWithTicket } from "../../client/session/sign-in.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { httpClient } from "../../client/trpc/http-client.ts";
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

/** Makes the account and signs its person in. */
export function useRegistration() {
	const [isBusy, setBusy] = useState(false);
	const [error, setError] = useState<string | undefined>();
	const submit = async (registration: Registration) => {
		if (isBusy) return;
		setBusy(true);
		setError(undefined);
		try {
			const result = await signInWithTicket(await register(registration));
			// A whole page load, so that nothing of an earlier session is left in memory.
			if (result.kind === "signedIn") return location.assign(wantedAddress(location.search, location.origin));
			setError(failureText(result.code));
		} catch (failure) {
			const isCancelled = failure instanceof PasskeyCancelled;
			setError(isCancelled ? text("signUp.noPasskey") : failureText(failureOf(failure).code));
		}
		setBusy(false);
	};
	return { isBusy, error, submit };
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
