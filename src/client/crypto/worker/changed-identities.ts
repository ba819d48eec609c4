/**
 * Whose identity is not the one that this device got to know first. The machine hands keys to a new identity of whoever was
 * never verified; people should not have to verify each other to be told. Matrix v1.19 Client-Server API, "Cross-signing".
 */
import { type OlmMachine, OtherUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";

export interface ChangedIdentities {
	/** Those of them whose identity has changed and was not accepted. */
	among(userIds: readonly string[]): Promise<readonly string[]>;
	/** The person goes on with the identities as they are. */
	accept(userIds: readonly string[]): Promise<void>;
	/** What was known of somebody may be old. */
	forget(userId: string): void;
}

export const createChangedIdentities = (machine: Pick<OlmMachine, "getIdentity">): ChangedIdentities => {
	/** Looking at a thousand people for each message would take longer than the message. */
	const known = new Map<string, boolean>();
	const look = async (userId: string): Promise<boolean> => {
		using identity = await machine.getIdentity(new UserId(userId));
		const hasChanged = identity instanceof OtherUserIdentity && identity.identityNeedsUserApproval();
		known.set(userId, hasChanged);
		return hasChanged;
	};
	return {
		among: async (userIds) => {
			const changed: string[] = [];
			for (const userId of userIds) if (known.get(userId) ?? (await look(userId))) changed.push(userId);
			return changed;
		},
		accept: async (userIds) => {
			for (const userId of userIds) {
				using identity = await machine.getIdentity(new UserId(userId));
				if (identity instanceof OtherUserIdentity) {
					if (identity.wasPreviouslyVerified()) await identity.withdrawVerification();
					await identity.pinCurrentMasterKey();
				}
				known.delete(userId);
			}
		},
		forget: (userId) => known.delete(userId),
	};
};
