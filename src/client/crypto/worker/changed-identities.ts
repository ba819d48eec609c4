/**
 * Whose identity is not the one that this device got to know first. The machine hands keys to a new identity of whoever was
 * never verified; people should not have to verify each other to be told. Matrix v1.19 Client-Server API, "Cross-signing".
 */
import { type OlmMachine, OtherUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { PersonTrust } from "../verification-call.ts";
import type { EngineMemory } from "./engine-memory.ts";

export interface ChangedIdentities {
	trustOf(userId: string): Promise<PersonTrust>;
	/** Those of them whose identity has changed and was not accepted. */
	among(userIds: readonly string[]): Promise<readonly string[]>;
	/** The person goes on with the identities as they are. */
	accept(userIds: readonly string[]): Promise<void>;
	/** Lets somebody whose verified identity was exchanged be spoken with, to be verified anew; nothing else is let out. */
	prepareAnew(userId: string): Promise<void>;
	/** What was known of somebody may be old. */
	forget(userId: string): void;
}

export const createChangedIdentities = (
	machine: Pick<OlmMachine, "getIdentity">,
	memory: Pick<EngineMemory, "unaccepted" | "setUnaccepted">,
): ChangedIdentities => {
	/** Looking at a thousand people for each message would take longer than the message. */
	const known = new Map<string, PersonTrust>();
	const look = async (userId: string): Promise<PersonTrust> => {
		using identity = await machine.getIdentity(new UserId(userId));
		if (!(identity instanceof OtherUserIdentity)) return "none";
		const isHeld = (await memory.unaccepted()).includes(userId);
		if (identity.isVerified()) {
			if (isHeld) await memory.setUnaccepted(userId, false);
			return "verified";
		}
		if (isHeld || identity.hasVerificationViolation()) return "was-verified";
		return identity.identityNeedsUserApproval() ? "changed" : "known";
	};
	const trustOf = async (userId: string): Promise<PersonTrust> => {
		const trust = known.get(userId) ?? (await look(userId));
		known.set(userId, trust);
		return trust;
	};
	return {
		trustOf,
		among: async (userIds) => {
			const changed: string[] = [];
			for (const userId of userIds) {
				const trust = await trustOf(userId);
				if (trust === "changed" || trust === "was-verified") changed.push(userId);
			}
			return changed;
		},
		accept: async (userIds) => {
			for (const userId of userIds) {
				using identity = await machine.getIdentity(new UserId(userId));
				if (identity instanceof OtherUserIdentity) {
					if (identity.wasPreviouslyVerified() && !identity.isVerified()) await identity.withdrawVerification();
					await identity.pinCurrentMasterKey();
				}
				await memory.setUnaccepted(userId, false);
				known.delete(userId);
			}
		},
		prepareAnew: async (userId) => {
			using identity = await machine.getIdentity(new UserId(userId));
			if (!(identity instanceof OtherUserIdentity) || !identity.hasVerificationViolation()) return;
			// The machine takes a withdrawn verification for consent. It is none: that is remembered here, and first.
			await memory.setUnaccepted(userId, true);
			await identity.withdrawVerification();
			known.delete(userId);
		},
		forget: (userId) => known.delete(userId),
	};
};
