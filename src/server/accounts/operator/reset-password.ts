import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { OperatorEnvironment } from "../accounts-environment.ts";
import { checkNewPassword, normalizePassword } from "../check-password.ts";
import { newPassword } from "../random-names.ts";
import { findExistingAccount } from "./find-existing-account.ts";

/** Sets a password (a random one when none is given) and ends every session of the account. Throws `forbidden` for a bot. */
export const resetPassword = async (
	environment: OperatorEnvironment,
	request: { readonly name: string; readonly password?: string | undefined },
): Promise<{ userId: UserId; password: string }> => {
	const { store, passwords, control, clock, randomBytes, log } = environment;
	const { userId, localpart, isBot } = await findExistingAccount(environment, request.name);
	if (isBot) throw new AppError("forbidden");
	const password = request.password ?? newPassword(randomBytes);
	checkNewPassword(password, localpart);
	await store.setPassword(userId, await passwords.hash(normalizePassword(password)), clock.now());
	await control.publish({ kind: "sessions-revoked", userId });
	log.info({ userId }, "password reset by the operator");
	return { userId, password };
};
