import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { checkNewPassword, normalizePassword } from "./check-password.ts";
import { confirmPerson, type PersonProof } from "./confirm-person.ts";
import type { Viewer } from "./viewer.ts";

export interface PasswordChangeRequest {
	readonly proof: PersonProof;
	readonly newPassword: string;
	/** Signs every other device out. */
	readonly endsOtherSessions: boolean;
}

/** Throws AppError `wrong-credentials`, `password-too-weak`, `too-many-requests`. */
export const changePassword = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	request: PasswordChangeRequest,
): Promise<void> => {
	const { store, passwords, control, clock, log } = environment;
	const account = await confirmPerson(environment, viewer, request.proof);
	checkNewPassword(request.newPassword, account.localpart);
	const hasChanged = await store.changePassword({
		userId: viewer.userId,
		currentHash: account.passwordHash,
		passwordHash: await passwords.hash(normalizePassword(request.newPassword)),
		endsOtherSessionsThan: request.endsOtherSessions ? viewer.sessionId : undefined,
		now: clock.now(),
	});
	// Somebody else, or the operator, set another password while the hashes were computed.
	if (!hasChanged) throw new AppError("wrong-credentials");
	log.info({ userId: viewer.userId, deviceId: viewer.deviceId }, "password changed");
	if (request.endsOtherSessions) {
		await control.publish({
			kind: "sessions-revoked",
			userId: viewer.userId,
			exceptSessionId: viewer.sessionId,
		});
	}
};
