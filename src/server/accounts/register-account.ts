import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { checkDisplayName } from "./check-display-name.ts";
import { userIdOfLocalpart } from "./check-localpart.ts";
import { checkNewPassword, normalizePassword } from "./check-password.ts";
import { dropPendingIdentity, type PendingIdentity, readPendingIdentity } from "./identities/pending-identity.ts";
import { readFirstPasskey } from "./passkeys/begin-passkey-sign-up.ts";
import type { PasskeyAnswer } from "./passkeys/passkey-challenge.ts";
import type { NewAccount, RegisterOutcome } from "./ports.ts";
import { hashSecretToken } from "./random-names.ts";
import { issueSignInTicket } from "./sign-in-ticket.ts";

export interface RegisterRequest {
	readonly localpart: string;
	readonly displayName: string;
	/** How the person will sign in: exactly one of these three. */
	readonly password?: string | undefined;
	readonly passkey?: (PasskeyAnswer & { readonly name: string }) | undefined;
	/** What `signInWithIdentity` gave somebody whom it did not know; a token that they came with counts too. */
	readonly identityTicket?: string | undefined;
	readonly registrationToken?: string | undefined;
	/** The caller's network address. */
	readonly address: string;
}

/**
 * Makes an account as the policy allows. The owner's account comes first and only by the one-time link's token, which
 * works under every policy. A token that is given must be good, also where none is needed: a used owner's link must
 * not quietly make an ordinary account.
 */
export const registerAccount = async (
	environment: AccountsEnvironment,
	request: RegisterRequest,
): Promise<{ userId: UserId; signInTicket: string }> => {
	const userId = userIdOfLocalpart(request.localpart, environment.serverName);
	const displayName = checkDisplayName(request.displayName);
	environment.limiters.registerByAddress.begin(request.address);
	const pending = await readPending(environment, request);
	const { registrationToken } = request;
	const tokenHash = registrationToken === undefined ? pending?.tokenHash : hashSecretToken(registrationToken);
	refuseWithoutToken(environment, tokenHash);
	const wayIn = pending === undefined ? await readWayIn(environment, request) : { identity: pending.identity };
	const outcome = await environment.store.register(
		{ userId, localpart: request.localpart, displayName, ...wayIn },
		{
			tokenHash,
			now: environment.clock.now(),
			acceptsOrdinaryTokens: environment.registration !== "closed",
		},
	);
	if (outcome.kind !== "registered") {
		throw refusal(outcome);
	}
	if (request.identityTicket !== undefined) await dropPendingIdentity(environment, request.identityTicket);
	environment.log.info({ userId, isOwner: outcome.isOwner }, "account registered");
	return { userId, signInTicket: await issueSignInTicket(environment, userId) };
};

/** The identity by which the person will sign in; undefined: another way. Throws AppError `bad-input` unless there is one way. */
const readPending = async (
	environment: AccountsEnvironment,
	{ password, passkey, identityTicket }: RegisterRequest,
): Promise<PendingIdentity | undefined> => {
	if ([password, passkey, identityTicket].filter((way) => way !== undefined).length !== 1) {
		throw new AppError("bad-input");
	}
	return identityTicket === undefined ? undefined : readPendingIdentity(environment, identityTicket);
};

type WayIn = Pick<NewAccount, "passwordHash" | "passkey">;

const readWayIn = async (environment: AccountsEnvironment, request: RegisterRequest): Promise<WayIn> => {
	const { password, passkey } = request;
	if (passkey !== undefined) {
		return { passkey: await readFirstPasskey(environment, passkey) };
	}
	const chosen = password ?? "";
	checkNewPassword(chosen, request.localpart);
	return { passwordHash: await environment.passwords.hash(normalizePassword(chosen)) };
};

const refuseWithoutToken = ({ registration }: AccountsEnvironment, tokenHash: string | undefined): void => {
	if (tokenHash === undefined && registration !== "open") {
		throw new AppError(registration === "closed" ? "registration-closed" : "registration-token-invalid");
	}
};

const refusal = (outcome: Exclude<RegisterOutcome, { kind: "registered" }>): AppError => {
	switch (outcome.kind) {
		case "username-taken":
			return new AppError("username-taken");
		case "token-invalid":
			return new AppError("registration-token-invalid");
		case "owner-needed":
		case "closed":
			return new AppError("registration-closed");
	}
};
