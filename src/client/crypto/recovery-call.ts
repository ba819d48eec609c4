/**
 * The part of the table of calls that is about getting back in: the recovery key, the backup, an identity made anew, keys in
 * a file. The recovery key itself passes through a page when its person is to write it down or types it in, and never else.
 */
import * as z from "zod";
import { personProof } from "../../shared/wire/person-proof.ts";

const nothing = z.object({});

/** How the backup of room keys stands, seen from this device. */
export const backupState = z.discriminatedUnion("kind", [
	/** Not looked yet. */
	z.object({ kind: z.literal("unknown") }),
	/** Keys go into it, and this device reads it. */
	z.object({ kind: z.literal("on"), version: z.string(), count: z.number() }),
	/** There is none, and this device may not make one. */
	z.object({ kind: z.literal("none") }),
	/** There is one whose key is not here. */
	z.object({ kind: z.literal("locked"), count: z.number() }),
	/** The one that this device used is gone, or another one is in its place. */
	z.object({ kind: z.literal("replaced") }),
]);

/** `done` of `total` keys are here; `damaged` could not be read. */
export const restoreProgress = z.object({ done: z.number(), total: z.number(), damaged: z.number() });

/** Why there is no recovery key. */
const keyFailure = z.object({
	kind: z.literal("failed"),
	why: z.enum([
		/** This device has nothing that it would open. */
		"not-verified",
		/** There is no backup yet that it would open. */
		"not-ready",
		/** What was written does not come back. */
		"not-readable",
	]),
});

/** Why what was typed opens nothing. */
export const unlockRefusal = z.enum([
	/** It has letters that no recovery key has. */
	"letters",
	/** It is too short, or too long. */
	"length",
	/** A letter in it is another one's. */
	"typo",
	/** It is a key, and not this account's. */
	"other-key",
	/** Nothing was ever kept for this account. */
	"no-storage",
	/** What was kept is of a kind that is not spoken here. */
	"unknown-storage",
	/** What it opens does not fit the account's identity: that was replaced, or the server lies. */
	"other-identity",
]);

const passphrase = z.string().min(1).max(1_024);

export const recoveryCalls = {
	recoveryStatus: { input: nothing, output: z.object({ backup: backupState, hasRecoveryKey: z.boolean() }) },
	/** Makes a key and tries it; the one before still counts. `keyId` opens nothing. */
	prepareRecoveryKey: {
		input: nothing,
		output: z.discriminatedUnion("kind", [
			z.object({ kind: z.literal("prepared"), recoveryKey: z.string(), keyId: z.string() }),
			keyFailure,
		]),
	},
	/** The person has it: from now on it is the one that counts. */
	confirmRecoveryKey: {
		input: z.object({ recoveryKey: z.string().max(200), keyId: z.string().max(255) }),
		output: z.discriminatedUnion("kind", [z.object({ kind: z.literal("done") }), keyFailure]),
	},
	/** Opens the person's secrets on this device, with what was typed. */
	unlock: {
		input: z.object({ typed: z.string().max(1_024) }),
		output: z.discriminatedUnion("kind", [
			z.object({ kind: z.literal("unlocked"), backup: backupState }),
			z.object({ kind: z.literal("refused"), why: unlockRefusal }),
		]),
	},
	/** Brings all keys of the backup here; how far it is comes as news. */
	restoreKeys: { input: nothing, output: z.object({ progress: restoreProgress.optional() }) },
	/** Everything was lost: another identity, another backup. `code`: why the server refused. */
	resetIdentity: {
		input: z.object({ proof: personProof }),
		output: z.discriminatedUnion("kind", [
			z.object({ kind: z.literal("done") }),
			z.object({ kind: z.literal("refused"), code: z.string() }),
		]),
	},
	/** All keys of this device, in a file that the passphrase locks. */
	exportKeys: { input: z.object({ passphrase }), output: z.object({ file: z.string() }) },
	importKeys: {
		input: z.object({ passphrase, file: z.string().max(100_000_000) }),
		output: z.discriminatedUnion("kind", [
			z.object({ kind: z.literal("imported"), imported: z.number(), total: z.number() }),
			/** It is no such file, or the passphrase is another one. */
			z.object({ kind: z.literal("refused") }),
		]),
	},
	/** The person's devices, and whether their identity vouches for each. */
	ownDevices: {
		input: nothing,
		output: z.object({ devices: z.array(z.object({ deviceId: z.string(), isVerified: z.boolean() })) }),
	},
} as const satisfies Readonly<Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>>;

export type BackupState = z.infer<typeof backupState>;
export type RestoreProgress = z.infer<typeof restoreProgress>;
export type UnlockRefusal = z.infer<typeof unlockRefusal>;
