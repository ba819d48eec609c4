import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { OperatorEnvironment } from "../accounts-environment.ts";
import { checkDisplayName } from "../check-display-name.ts";
import { userIdOfLocalpart } from "../check-localpart.ts";
import { checkNewPassword, normalizePassword } from "../check-password.ts";
import { newPassword } from "../random-names.ts";

export interface AddAccountRequest {
	readonly localpart: string;
	/** Absent: the localpart. */
	readonly displayName?: string | undefined;
	/** Absent: a random one, which is answered. */
	readonly password?: string | undefined;
	readonly isOwner: boolean;
}

/** Makes an account on the operator's word, whatever the registration policy. There is one owner at most. */
export const addAccount = async (
	{ store, passwords, randomBytes, serverName, log }: OperatorEnvironment,
	request: AddAccountRequest,
): Promise<{ userId: UserId; password: string }> => {
	const userId = userIdOfLocalpart(request.localpart, serverName);
	const displayName = checkDisplayName(request.displayName ?? request.localpart);
	const password = request.password ?? newPassword(randomBytes);
	checkNewPassword(password, request.localpart);
	const outcome = await store.addAccount({
		userId,
		localpart: request.localpart,
		displayName,
		passwordHash: await passwords.hash(normalizePassword(password)),
		isOwner: request.isOwner,
	});
	if (outcome !== "added") {
		throw new AppError(outcome === "username-taken" ? "username-taken" : "forbidden", { detail: outcome });
	}
	log.info({ userId, isOwner: request.isOwner }, "account added by the operator");
	return { userId, password };
};
