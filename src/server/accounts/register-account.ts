import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { checkDisplayName } from "./check-display-name.ts";
import { userIdOfLocalpart } from "./check-localpart.ts";
import { checkNewPassword, normalizePassword } from "./check-password.ts";
import type { RegisterOutcome } from "./ports.ts";
import { hashSecretToken } from "./random-names.ts";

export interface RegisterRequest {
	readonly localpart: string;
	readonly displayName: string;
	readonly password: string;
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
): Promise<{ userId: UserId }> => {
	const userId = userIdOfLocalpart(request.localpart, environment.serverName);
	const displayName = checkDisplayName(request.displayName);
	checkNewPassword(request.password, request.localpart);
	refuseWithoutToken(environment, request);
	environment.limiters.registerByAddress.begin(request.address);
	const account = {
		userId,
		localpart: request.localpart,
		displayName,
		passwordHash: await environment.passwords.hash(normalizePassword(request.password)),
	};
	const outcome = await environment.store.register(account, {
		tokenHash: request.registrationToken === undefined ? undefined : hashSecretToken(request.registrationToken),
		now: environment.clock.now(),
		acceptsOrdinaryTokens: environment.registration !== "closed",
	});
	if (outcome.kind !== "registered") {
		throw refusal(outcome);
	}
	environment.log.info({ userId, isOwner: outcome.isOwner }, "account registered");
	return { userId };
};

const refuseWithoutToken = ({ registration }: AccountsEnvironment, request: RegisterRequest): void => {
	if (request.registrationToken === undefined && registration !== "open") {
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
