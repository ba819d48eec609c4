import type { SignedObject } from "./canonical-text.ts";
import { isSignedBy } from "./verify-signature.ts";

/** A device that somebody else, or another device of the same person, is told to have. */
export interface KnownDevice {
	readonly userId: string;
	readonly deviceId: string;
	readonly curve25519: string;
	readonly ed25519: string;
	/** Its person's own identity vouches for it. */
	readonly isCrossSigned: boolean;
}

type People = Readonly<Record<string, SignedObject>>;

/** The answer of `POST /keys/query`, as far as it is read. */
export interface QueryAnswer {
	readonly device_keys: Readonly<Record<string, People>>;
	readonly master_keys?: People;
	readonly self_signing_keys?: People;
}

/** The devices that are known: only what signed itself, and never other keys for a device that was seen with some. */
export const createKnownDevices = () => {
	const people = new Map<string, Map<string, KnownDevice>>();
	const seen = new Map<string, string>();
	const pinned = new Map<string, string>();
	const signers = new Map<string, string>();
	/** Everything that was ever vouched for: what a device wrote stays its own when the device is gone. */
	const vouchedFor = new Map<string, KnownDevice>();
	/** The key by which a person signs devices, where the identity that was seen first vouches for it. */
	const selfSigningKeyOf = (userId: string, answer: QueryAnswer): string | undefined => {
		const master = onlyKey(answer.master_keys?.[userId]);
		const selfSigning = answer.self_signing_keys?.[userId];
		if (master === undefined || selfSigning === undefined) return undefined;
		if ((pinned.get(userId) ?? master) !== master) return undefined;
		pinned.set(userId, master);
		return isSignedBy(selfSigning, userId, { id: master, key: master }) ? onlyKey(selfSigning) : undefined;
	};
	const read = (
		userId: string,
		deviceId: string,
		keys: SignedObject,
	): Omit<KnownDevice, "isCrossSigned"> | undefined => {
		const named = (keys["keys"] ?? {}) as Record<string, string>;
		const { [`curve25519:${deviceId}`]: curve25519, [`ed25519:${deviceId}`]: ed25519 } = named;
		if (curve25519 === undefined || ed25519 === undefined) return undefined;
		if (keys["user_id"] !== userId || keys["device_id"] !== deviceId) return undefined;
		if (!isSignedBy(keys, userId, { id: deviceId, key: ed25519 })) return undefined;
		const name = `${userId} ${deviceId}`;
		if ((seen.get(name) ?? ed25519) !== ed25519) return undefined;
		seen.set(name, ed25519);
		return { userId, deviceId, curve25519, ed25519 };
	};
	const takeDevice = (userId: string, deviceId: string, keys: SignedObject): KnownDevice | undefined => {
		const found = read(userId, deviceId, keys);
		if (found === undefined) return undefined;
		const signer = signers.get(userId);
		const isCrossSigned = signer !== undefined && isSignedBy(keys, userId, { id: signer, key: signer });
		const device = { ...found, isCrossSigned };
		if (isCrossSigned) vouchedFor.set(`${userId} ${device.curve25519}`, device);
		return device;
	};
	return {
		take: (answer: QueryAnswer): void => {
			for (const [userId, devices] of Object.entries(answer.device_keys)) {
				const signer = selfSigningKeyOf(userId, answer);
				if (signer === undefined) signers.delete(userId);
				else signers.set(userId, signer);
				const known = Object.entries(devices).flatMap(([id, keys]) => takeDevice(userId, id, keys) ?? []);
				people.set(userId, new Map(known.map((device) => [device.deviceId, device])));
			}
		},
		/** What a device says of itself with a message: it may be gone by the time that somebody asks for it. */
		hearOf: (userId: string, keys: SignedObject): void => void takeDevice(userId, String(keys["device_id"]), keys),
		people: (): readonly string[] => [...people.keys()],
		isKnown: (userId: string): boolean => people.has(userId),
		forget: (userId: string): void => void people.delete(userId),
		/** Those whom keys are given to. */
		trustedOf: (userIds: readonly string[]): readonly KnownDevice[] =>
			userIds.flatMap((userId) => [...(people.get(userId)?.values() ?? [])].filter((device) => device.isCrossSigned)),
		/** The device with that identity key, once its person vouched for it. */
		vouchedFor: (userId: string, curve25519: string): KnownDevice | undefined =>
			vouchedFor.get(`${userId} ${curve25519}`),
	};
};

/** The key of an object that holds one. */
const onlyKey = (json: SignedObject | undefined): string | undefined =>
	Object.values((json?.["keys"] ?? {}) as Record<string, string>)[0];
