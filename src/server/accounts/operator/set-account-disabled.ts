import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { OperatorEnvironment } from "../accounts-environment.ts";
import { findExistingAccount } from "./find-existing-account.ts";

/** Disables an account, which ends its sessions, or enables it again. Its name stays taken. */
export const setAccountDisabled = async (
	environment: OperatorEnvironment,
	name: string,
	isDisabled: boolean,
): Promise<{ userId: UserId }> => {
	const { store, control, clock, log } = environment;
	const { userId } = await findExistingAccount(environment, name);
	await store.setDisabled(userId, isDisabled ? clock.now() : undefined);
	if (isDisabled) {
		await control.publish({ kind: "sessions-revoked", userId });
	}
	log.info({ userId, isDisabled }, "account changed by the operator");
	return { userId };
};
