import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { OperatorEnvironment } from "../accounts-environment.ts";
import { findExistingAccount } from "./find-existing-account.ts";

/** Ends every session of an account, which may sign in again. Throws AppError `user-unknown`. */
export const signOutEverywhere = async (
	environment: OperatorEnvironment,
	name: string,
): Promise<{ userId: UserId; count: number }> => {
	const { store, control, clock, log } = environment;
	const { userId } = await findExistingAccount(environment, name);
	// No device has an empty name: it is all of them.
	const ended = await store.revokeDevices({ userId, devices: { allBut: "" }, now: clock.now() });
	await control.publish({ kind: "sessions-revoked", userId });
	log.info({ userId, count: ended.length }, "devices signed out by the operator");
	return { userId, count: ended.length };
};
