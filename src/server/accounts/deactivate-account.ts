import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { confirmPerson, type PersonProof } from "./confirm-person.ts";
import type { Viewer } from "./viewer.ts";

/**
 * Switches the person's own account off: they leave every room, every device is signed out, the name stays taken and
 * whoever finds the password later cannot undo it. Only the operator can. The owner stays: nobody could look after the
 * server. Throws AppError `forbidden`, `wrong-credentials`.
 */
export const deactivateAccount = async (
	environment: AccountsEnvironment,
	viewer: Viewer,
	proof: PersonProof,
): Promise<void> => {
	const { store, memberships, control, clock, log } = environment;
	const account = await confirmPerson(environment, viewer, proof);
	// There is one owner at most.
	if (account.isOwner) throw new AppError("forbidden");
	// In this order: what breaks half way can be done again by the person themselves.
	await memberships.leaveAll(viewer.userId);
	await store.setDisabled(viewer.userId, clock.now());
	await control.publish({ kind: "sessions-revoked", userId: viewer.userId });
	log.info({ userId: viewer.userId }, "account deactivated by its person");
};
