import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Accounts } from "../accounts/public.ts";

export interface NewPerson {
	readonly localpart: string;
	readonly displayName: string;
}

/** Makes an account whatever the registration policy; its password is random and answered once. */
export const addPerson = (
	accounts: Accounts,
	{ localpart, displayName }: NewPerson,
): Promise<{ userId: UserId; password: string }> =>
	accounts.operator.addAccount({ localpart, displayName, isOwner: false });
