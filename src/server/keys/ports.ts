import type { CrossSigningUsage } from "../../../federation/device-keys/cross-signing-keys.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";

/** A device of a person. */
export interface DeviceRef {
	readonly userId: UserId;
	readonly deviceId: string;
}

/** Device keys as they are stored, in canonical JSON. */
export interface NewDeviceKeys extends DeviceRef {
	readonly json: string;
	/** The identity keys alone, in canonical JSON. */
	readonly identity: string;
}

export interface StoredDeviceKeys extends DeviceRef {
	readonly json: string;
	/** What its person calls it. */
	readonly displayName: string;
}

/** A one-time or fallback key, in canonical JSON. */
export interface NewOneTimeKey {
	readonly algorithm: string;
	readonly keyId: string;
	readonly json: string;
}

/** What a device has left. */
export interface KeyCounts {
	/** By algorithm; one that is not there has none. */
	readonly oneTimeKeys: Readonly<Record<string, number>>;
	/** Algorithms whose fallback key was not handed out yet. */
	readonly unusedFallbackKeys: readonly string[];
}

export interface WantedKey extends DeviceRef {
	readonly algorithm: string;
}

export interface ClaimedKey extends WantedKey {
	readonly keyId: string;
	readonly json: string;
}

export interface StoredCrossSigningKey {
	readonly userId: UserId;
	readonly usage: CrossSigningUsage;
	readonly json: string;
}

/** A signature that somebody added to keys. */
export interface AddedKeySignature {
	readonly signerId: UserId;
	/** What stands behind `ed25519:`. */
	readonly keyName: string;
	/** Whose keys were signed. */
	readonly userId: UserId;
	/** A device id, or a master key. */
	readonly target: string;
	readonly signature: string;
}

/** Keys that take the place of what the person had. */
export interface CrossSigningChange {
	readonly userId: UserId;
	/** What was there when they were checked. */
	readonly expected: readonly StoredCrossSigningKey[];
	/** What is there from now on, all of it. */
	readonly keys: readonly StoredCrossSigningKey[];
	/** Names of keys that are no longer the person's: what they signed is let go. */
	readonly gone: readonly string[];
}

/** A device that is left asleep, with everything it needs. */
export interface NewDehydratedDevice extends NewDeviceKeys {
	readonly displayName: string;
	/** JSON. */
	readonly deviceData: string;
	readonly oneTimeKeys: readonly NewOneTimeKey[];
	readonly fallbackKeys: readonly NewOneTimeKey[];
}

export interface StoredDehydratedDevice {
	readonly deviceId: string;
	/** JSON. */
	readonly deviceData: string;
	readonly createdAt: Date;
}

/** A message that waits for a device. */
export interface StoredToDevice {
	readonly position: number;
	readonly sender: string;
	readonly type: string;
	/** JSON. */
	readonly content: string;
}

/** Whose devices changed for a person between two positions. */
export interface ListChanges {
	readonly changed: readonly UserId[];
	/** Shares no room with the person any more. */
	readonly left: readonly UserId[];
}

/** Keys on the disk. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface KeyStore extends DehydratedStore {
	/**
	 * Puts the keys of a device down; whoever shares a room with its person, here or elsewhere, is told in the same commit.
	 * `other-identity`: the device has other identity keys, and nothing changed.
	 */
	putDeviceKeys(keys: NewDeviceKeys): Promise<"stored" | "same" | "other-identity">;
	/** In their order; all or none. `taken`: one of the names stands for another key. */
	addOneTimeKeys(
		device: DeviceRef,
		keys: readonly NewOneTimeKey[],
		most: number,
	): Promise<"added" | "taken" | "too-many">;
	/** In place of what the device had. The same key again does not count as unused. */
	putFallbackKeys(device: DeviceRef, keys: readonly NewOneTimeKey[]): Promise<void>;
	countsOf(device: DeviceRef): Promise<KeyCounts>;
	/** The keys of these people's devices that are signed in, or asleep. */
	devicesOf(userIds: readonly UserId[]): Promise<readonly StoredDeviceKeys[]>;
	crossSigningOf(userIds: readonly UserId[]): Promise<readonly StoredCrossSigningKey[]>;
	/** Signatures on these people's keys: their own, and those of who asks. */
	signaturesOn(userIds: readonly UserId[], askerId: UserId | undefined): Promise<readonly AddedKeySignature[]>;
	/** Of each device one key: the oldest that nobody got, or else its fallback key. Never the same one-time key twice. */
	claim(wanted: readonly WantedKey[], now: number): Promise<readonly ClaimedKey[]>;
	/** False, and nothing changes: the keys are not those that were expected. */
	changeCrossSigning(change: CrossSigningChange): Promise<boolean>;
	/** Whoever has to know is told in the same commit. */
	addSignatures(signatures: readonly AddedKeySignature[]): Promise<void>;
	/** The stream's position now. */
	position(): Promise<number>;
	changesFor(userId: UserId, range: { readonly from: number; readonly to: number }): Promise<ListChanges>;
	/**
	 * Lets the keys and messages go of devices that are signed out: of this person, or of anybody. Answers how many devices.
	 */
	forgetEnded(userId: UserId | undefined): Promise<number>;
	/** Lets one-time keys go that were handed out before. */
	forgetClaimed(before: number): Promise<void>;
	/** Lets go what is known of other servers' people whom nobody here followed since then. */
	forgetUnfollowed(before: number): Promise<void>;
}

/** The devices that people leave asleep. */
export interface DehydratedStore {
	/** In place of the one before. `taken`: another device has that name, or the name had other keys; nothing changed. */
	putDehydrated(device: NewDehydratedDevice): Promise<"stored" | "taken">;
	findDehydrated(userId: UserId): Promise<StoredDehydratedDevice | undefined>;
	/** Answers which it was; undefined: there was none. */
	removeDehydrated(userId: UserId): Promise<string | undefined>;
	/** The oldest messages behind a position. */
	messagesTo(device: DeviceRef, after: number, limit: number): Promise<readonly StoredToDevice[]>;
}

/** The keys of other servers' people. */
export interface RemoteKeys {
	query(asked: ReadonlyMap<UserId, readonly string[]>): Promise<RemoteDevices>;
	claim(
		wanted: readonly WantedKey[],
	): Promise<{ readonly keys: readonly ClaimedKey[]; readonly failures: readonly string[] }>;
}

export interface RemoteDevices {
	readonly devices: readonly StoredDeviceKeys[];
	readonly crossSigning: readonly StoredCrossSigningKey[];
	/** Servers that gave no answer: what is here of their people is as it was last known. */
	readonly failures: readonly string[];
}
