import type { CrossSigningUsage } from "../../../federation/device-keys/cross-signing-keys.ts";
import { crossSigningPublicKey } from "../../../federation/device-keys/cross-signing-keys.ts";
import { keyNameOf } from "../../../federation/device-keys/signed-by.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import { getObject, jsonObject, withKey } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { AddedKeySignature, RemoteDevices, StoredCrossSigningKey, StoredDeviceKeys } from "./ports.ts";
import { storedObject } from "./stored-json.ts";

/** Whose devices: all of a person's, or those that are named. */
export type AskedDevices = ReadonlyMap<UserId, readonly string[]>;

/** The keys of people, as the answer of `POST /keys/query` has them. */
export interface KeysAnswer {
	readonly deviceKeys: JsonObject;
	readonly masterKeys: JsonObject;
	readonly selfSigningKeys: JsonObject;
	/** The asker's own alone. */
	readonly userSigningKeys: JsonObject;
	/** Servers that gave no answer: their people are missing, or are as they were last known. */
	readonly failures: readonly string[];
}

/**
 * The keys of these people's devices and of the people themselves, of this server and of others. Matrix v1.19 Client-Server
 * API, `POST /keys/query`.
 */
export const queryKeys = async (
	{ store, remote, serverName }: KeysDependencies,
	askerId: UserId,
	asked: AskedDevices,
): Promise<KeysAnswer> => {
	const isLocal = (userId: UserId): boolean => userIdServer(userId) === serverName;
	const elsewhere = new Map([...asked].filter(([userId]) => !isLocal(userId)));
	const local = [...asked.keys()].filter(isLocal);
	const [devices, crossSigning, signatures, others] = await Promise.all([
		store.devicesOf(local),
		store.crossSigningOf(local),
		store.signaturesOn([...asked.keys()], askerId),
		elsewhere.size === 0 ? nobody : remote.query(elsewhere),
	]);
	return composeAnswer(
		{ asked, askerId, signatures, failures: others.failures },
		{ devices: [...devices, ...others.devices], crossSigning: [...crossSigning, ...others.crossSigning] },
	);
};

const nobody: RemoteDevices = { devices: [], crossSigning: [], failures: [] };

interface AnswerTerms {
	readonly asked: AskedDevices;
	/** Undefined: another server. */
	readonly askerId: UserId | undefined;
	readonly signatures: readonly AddedKeySignature[];
	readonly failures: readonly string[];
}

/** Puts the stored keys together, with the signatures that were added since. */
export const composeAnswer = (
	{ asked, askerId, signatures, failures }: AnswerTerms,
	found: { readonly devices: readonly StoredDeviceKeys[]; readonly crossSigning: readonly StoredCrossSigningKey[] },
): KeysAnswer => {
	const byUser = new Map<UserId, [string, JsonObject][]>([...asked.keys()].map((userId) => [userId, []]));
	for (const device of found.devices) {
		const wanted = asked.get(device.userId);
		if (wanted === undefined || (wanted.length > 0 && !wanted.includes(device.deviceId))) continue;
		byUser.get(device.userId)?.push([device.deviceId, shownDevice(device, signatures, askerId)]);
	}
	const keysFor = (usage: CrossSigningUsage): JsonObject =>
		jsonObject(
			found.crossSigning
				.filter((key) => key.usage === usage && asked.has(key.userId))
				.map((key) => [key.userId, shownCrossSigningKey(key, signatures)]),
		);
	const userSigning = keysFor("user_signing");
	const own = askerId === undefined ? undefined : getObject(userSigning, askerId);
	return {
		// Whose server gave no answer and of whom nothing is known is left out: an empty list would say that the person has no devices.
		deviceKeys: jsonObject(
			[...byUser]
				.filter(([userId, devices]) => devices.length > 0 || !failures.includes(userIdServer(userId)))
				.map(([userId, devices]) => [userId, jsonObject(devices)]),
		),
		masterKeys: keysFor("master"),
		selfSigningKeys: keysFor("self_signing"),
		userSigningKeys: own === undefined || askerId === undefined ? jsonObject() : jsonObject([[askerId, own]]),
		failures,
	};
};

/** What a device is called is for its person alone. */
export const shownDevice = (
	device: StoredDeviceKeys,
	signatures: readonly AddedKeySignature[],
	askerId: UserId | undefined,
): JsonObject => {
	const keys = withSignatures(storedObject(device.json), device.userId, device.deviceId, signatures);
	if (device.userId !== askerId || device.displayName === "") return keys;
	return withKey(keys, "unsigned", jsonObject([["device_display_name", device.displayName]]));
};

export const shownCrossSigningKey = (
	{ userId, json }: StoredCrossSigningKey,
	signatures: readonly AddedKeySignature[],
): JsonObject => {
	const key = storedObject(json);
	return withSignatures(key, userId, keyNameOf(crossSigningPublicKey(key)), signatures);
};

const withSignatures = (
	json: JsonObject,
	...[userId, target, signatures]: readonly [UserId, string, readonly AddedKeySignature[]]
): JsonObject =>
	signatures
		.filter((added) => added.userId === userId && added.target === target)
		.reduce((signed, { signerId, keyName, signature }) => {
			const all = getObject(signed, "signatures") ?? jsonObject();
			const own = getObject(all, signerId) ?? jsonObject();
			return withKey(signed, "signatures", withKey(all, signerId, withKey(own, `ed25519:${keyName}`, signature)));
		}, json);
