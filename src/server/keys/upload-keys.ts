import { checkDeviceKeys, signingKeyOf } from "../../../federation/device-keys/device-keys.ts";
import {
	checkOneTimeKeys,
	type OneTimeKey,
	oneTimeKeyAlgorithm,
} from "../../../federation/device-keys/one-time-keys.ts";
import { getObject, jsonObject, withoutKeys } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { DeviceRef, NewOneTimeKey } from "./ports.ts";
import { canonical, keysRefused, storedObject } from "./stored-json.ts";
import { tellOfKeys } from "./tell-of-keys.ts";

/** As the body of `POST /keys/upload` has them. */
export interface KeyUpload {
	readonly deviceKeys?: JsonObject | undefined;
	readonly oneTimeKeys?: JsonObject | undefined;
	readonly fallbackKeys?: JsonObject | undefined;
}

/** More than any device keeps ready. */
const mostOneTimeKeys = 500;
const mostFallbackKeys = 5;

/**
 * Takes in the keys of the device that calls; sent again they change nothing. Answers what is left to hand out. Throws
 * `keys-refused` with a rule, `key-taken` when the device has other identity keys or a name stands for another key, and
 * `too-large`. Matrix v1.19 Client-Server API, `POST /keys/upload`.
 */
export const uploadKeys = async (
	dependencies: KeysDependencies,
	device: DeviceRef,
	upload: KeyUpload,
): Promise<Readonly<Record<string, number>>> => {
	const { store } = dependencies;
	if (upload.deviceKeys !== undefined) await putDeviceKeys(dependencies, device, upload.deviceKeys);
	const oneTime = upload.oneTimeKeys ?? jsonObject();
	const fallback = upload.fallbackKeys ?? jsonObject();
	if (Object.keys(oneTime).length > 0 || Object.keys(fallback).length > 0) {
		const publicKey = await signingKey(dependencies, device);
		const check = { ...device, publicKey, verifier: dependencies.verifier };
		const keys = accepted(checkOneTimeKeys(oneTime, { ...check, isFallback: false }));
		const fallbacks = accepted(checkOneTimeKeys(fallback, { ...check, isFallback: true }));
		if (fallbacks.length > mostFallbackKeys) throw new AppError("too-large");
		const outcome = await store.addOneTimeKeys(device, keys, mostOneTimeKeys);
		if (outcome === "taken") throw new AppError("key-taken", { rule: "DEV-12" });
		if (outcome === "too-many") throw new AppError("too-large");
		await store.putFallbackKeys(device, fallbacks);
	}
	const { oneTimeKeys } = await store.countsOf(device);
	return { [oneTimeKeyAlgorithm]: 0, ...oneTimeKeys };
};

const putDeviceKeys = async (
	{ store, verifier, bus, log }: KeysDependencies,
	device: DeviceRef,
	uploaded: JsonObject,
): Promise<void> => {
	// What a server adds for those who ask is not the device's.
	const json = withoutKeys(uploaded, ["unsigned"]);
	canonical(json);
	const checked = checkDeviceKeys(json, { ...device, verifier });
	if (checked.kind === "refused") throw keysRefused(checked);
	const identity = canonical(getObject(json, "keys") ?? jsonObject());
	const outcome = await store.putDeviceKeys({ ...device, json: canonical(json), identity });
	if (outcome === "other-identity") {
		log.warn({ ...device, rule: "DEV-10" }, "a device came with other identity keys");
		throw new AppError("key-taken", { rule: "DEV-10" });
	}
	if (outcome === "stored") await tellOfKeys(store, bus);
};

const signingKey = async ({ store }: KeysDependencies, { userId, deviceId }: DeviceRef): Promise<Uint8Array> => {
	const own = (await store.devicesOf([userId])).find((device) => device.deviceId === deviceId);
	if (own === undefined) throw new AppError("bad-input", { detail: "the device has no keys yet" });
	return signingKeyOf(storedObject(own.json), deviceId);
};

const accepted = (checked: ReturnType<typeof checkOneTimeKeys>): readonly NewOneTimeKey[] => {
	if (checked.kind === "refused") throw keysRefused(checked);
	return checked.keys.map(({ algorithm, keyId, json }: OneTimeKey) => ({ algorithm, keyId, json: canonical(json) }));
};
