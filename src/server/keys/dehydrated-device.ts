import { checkDeviceKeys } from "../../../federation/device-keys/device-keys.ts";
import { checkOneTimeKeys } from "../../../federation/device-keys/one-time-keys.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { getObject, getString, jsonObject, withoutKeys } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { NewOneTimeKey } from "./ports.ts";
import { canonical, keysRefused, storedObject } from "./stored-json.ts";
import { tellOfKeys } from "./tell-of-keys.ts";

/** A device that is left asleep, as the body of `PUT /dehydrated_device` has it. */
export interface DehydratedUpload {
	readonly deviceId: string;
	readonly deviceData: JsonObject;
	readonly deviceKeys: JsonObject;
	readonly oneTimeKeys: JsonObject;
	readonly fallbackKeys: JsonObject;
	readonly displayName: string;
}

const maxDataLength = 65_536;

/**
 * Leaves a device asleep: it gets what is sent to the person's devices, and a new device wakes it. There is one at most; the
 * one before goes with what was sent to it. Throws `keys-refused`, `key-taken`, `too-large`. MSC3814.
 */
export const putDehydratedDevice = async (
	{ store, verifier, bus, log }: KeysDependencies,
	userId: UserId,
	upload: DehydratedUpload,
): Promise<void> => {
	const { deviceId, deviceData, displayName } = upload;
	const keys = withoutKeys(upload.deviceKeys, ["unsigned"]);
	canonical(keys);
	const data = canonical(deviceData);
	if (data.length > maxDataLength) throw new AppError("too-large");
	if (getString(deviceData, "algorithm") === undefined) throw new AppError("keys-refused", { rule: "DEV-20" });
	const checked = checkDeviceKeys(keys, { userId, deviceId, verifier });
	if (checked.kind === "refused") throw keysRefused(checked);
	const check = { userId, deviceId, publicKey: checked.keys.ed25519, verifier };
	const oneTime = accepted(checkOneTimeKeys(upload.oneTimeKeys, { ...check, isFallback: false }));
	const fallback = accepted(checkOneTimeKeys(upload.fallbackKeys, { ...check, isFallback: true }));
	const identity = canonical(getObject(keys, "keys") ?? jsonObject());
	const outcome = await store.putDehydrated({
		...{ userId, deviceId, displayName, deviceData: data, identity, json: canonical(keys) },
		...{ oneTimeKeys: oneTime, fallbackKeys: fallback },
	});
	if (outcome === "taken") throw new AppError("key-taken", { rule: "DEV-20" });
	log.info({ userId, deviceId }, "a device was left asleep");
	await tellOfKeys(store, bus);
};

/** The device that the person left asleep. Throws AppError `not-found`. */
export const readDehydratedDevice = async (
	{ store }: KeysDependencies,
	userId: UserId,
): Promise<{ readonly deviceId: string; readonly deviceData: JsonObject; readonly createdAt: Date }> => {
	const found = await store.findDehydrated(userId);
	if (found === undefined) throw new AppError("not-found");
	return { ...found, deviceData: storedObject(found.deviceData) };
};

/** Lets it go with everything sent to it; answers which it was. Throws AppError `not-found`. */
export const removeDehydratedDevice = async ({ store, bus }: KeysDependencies, userId: UserId): Promise<string> => {
	const deviceId = await store.removeDehydrated(userId);
	if (deviceId === undefined) throw new AppError("not-found");
	await tellOfKeys(store, bus);
	return deviceId;
};

/** What was sent to it, a hundred at a time; it stays until the device goes. Throws AppError `not-found`. */
export const readDehydratedEvents = async (
	{ store }: KeysDependencies,
	userId: UserId,
	{ deviceId, after }: { readonly deviceId: string; readonly after: number },
) => {
	if ((await store.findDehydrated(userId))?.deviceId !== deviceId) throw new AppError("not-found");
	const messages = await store.messagesTo({ userId, deviceId }, after, batchSize);
	return {
		events: messages.map(({ sender, type, content }) => ({ sender, type, content: storedObject(content) })),
		next: messages.at(-1)?.position ?? after,
	};
};

const batchSize = 100;

const accepted = (checked: ReturnType<typeof checkOneTimeKeys>): readonly NewOneTimeKey[] => {
	if (checked.kind === "refused") throw keysRefused(checked);
	return checked.keys.map(({ algorithm, keyId, json }) => ({ algorithm, keyId, json: canonical(json) }));
};
