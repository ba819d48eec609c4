/**
 * Whose identity is not the one that this device got to know first. The machine hands keys to a new identity of whoever was
 * never verified; people should not have to verify each other to be told. Matrix v1.19 Client-Server API, "Cross-signing".
 */
import { type OlmMachine, OtherUserIdentity, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { atMost } from "../../../shared/at-most.ts";
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

/** Looks under way: each waits for the store several times, which answers many as fast as one. */
const mostLooks = 32;

export const createChangedIdentities = (
	machine: Pick<OlmMachine, "getIdentity">,
	memory: Pick<EngineMemory, "unaccepted" | "setUnaccepted">,
): ChangedIdentities => {
	/** Looking at a thousand people for each message would take longer than the message. */
	const known = new Map<string, PersonTrust>();
	const inTurn = atMost(mostLooks);
	/** What is forgotten while it is looked at is not known afterwards. */
	let forgotten = 0;
	const forget = (userId: string): void => {
		forgotten += 1;
		known.delete(userId);
	};
	const { isHeld, setHeld } = createHolds(memory);
	const look = async (userId: string): Promise<PersonTrust> => {
		using identity = await machine.getIdentity(new UserId(userId));
		if (!(identity instanceof OtherUserIdentity)) return "none";
		const isStillHeld = await isHeld(userId);
		if (identity.isVerified()) {
			if (isStillHeld) await setHeld(userId, false);
			return "verified";
		}
		if (isStillHeld || identity.hasVerificationViolation()) return "was-verified";
		return identity.identityNeedsUserApproval() ? "changed" : "known";
	};
	const trustOf = async (userId: string): Promise<PersonTrust> => {
		const remembered = known.get(userId);
		if (remembered !== undefined) return remembered;
		const before = forgotten;
		const trust = await inTurn(() => look(userId));
		if (forgotten === before) known.set(userId, trust);
		return trust;
	};
	return {
		trustOf,
		among: async (userIds) => {
			const trusts = await Promise.all(userIds.map(trustOf));
			return userIds.filter((_, index) => trusts[index] === "changed" || trusts[index] === "was-verified");
		},
		accept: async (userIds) => {
			for (const userId of userIds) {
				using identity = await machine.getIdentity(new UserId(userId));
				if (identity instanceof OtherUserIdentity) {
					if (identity.wasPreviouslyVerified() && !identity.isVerified()) await identity.withdrawVerification();
					await identity.pinCurrentMasterKey();
				}
				await setHeld(userId, false);
				forget(userId);
			}
		},
		prepareAnew: async (userId) => {
			using identity = await machine.getIdentity(new UserId(userId));
			if (!(identity instanceof OtherUserIdentity) || !identity.hasVerificationViolation()) return;
			// The machine takes a withdrawn verification for consent. It is none: that is remembered here, and first.
			await setHeld(userId, true);
			await identity.withdrawVerification();
			forget(userId);
		},
		forget,
	};
};

/** Those whom nobody has accepted as they are: read once, for only this engine writes it. */
const createHolds = (memory: Pick<EngineMemory, "unaccepted" | "setUnaccepted">) => {
	let held: Promise<Set<string>> | undefined;
	const all = (): Promise<Set<string>> => {
		held ??= memory.unaccepted().then(
			(userIds) => new Set(userIds),
			(error) => {
				held = undefined;
				throw error;
			},
		);
		return held;
	};
	return {
		isHeld: async (userId: string): Promise<boolean> => (await all()).has(userId),
		setHeld: async (userId: string, isNow: boolean): Promise<void> => {
			await memory.setUnaccepted(userId, isNow);
			const people = await all();
			if (isNow) people.add(userId);
			else people.delete(userId);
		},
	};
};
