import { AppError } from "../../../shared/app-error.ts";
import type { OperatorEnvironment } from "../accounts-environment.ts";
import { hashSecretToken, newSecretToken } from "../random-names.ts";

export interface TokenTerms {
	readonly usesAllowed: number;
	/** Absent: never. */
	readonly expiresInMs?: number | undefined;
}

/** A token that lets `usesAllowed` people register. It is shown once: the database has its hash. */
export const createRegistrationToken = async (
	{ store, clock, randomBytes }: OperatorEnvironment,
	{ usesAllowed, expiresInMs }: TokenTerms,
): Promise<string> => {
	const isUsable = Number.isInteger(usesAllowed) && usesAllowed >= 1 && usesAllowed <= 100_000;
	if (!isUsable || (expiresInMs !== undefined && !(expiresInMs > 0 && expiresInMs < 1e12))) {
		throw new AppError("bad-input");
	}
	const token = newSecretToken(randomBytes);
	await store.addRegistrationToken({
		tokenHash: hashSecretToken(token),
		usesAllowed,
		expiresAt: expiresInMs === undefined ? undefined : clock.now() + expiresInMs,
	});
	return token;
};
