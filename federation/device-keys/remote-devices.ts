/**
 * What another server says of its people's devices: read as far as it is theirs to say and holds together, the rest left out.
 * Source: Matrix v1.19 Server-Server API, `GET /user/devices/{userId}`, `POST /user/keys/query`, `POST /user/keys/claim`.
 */
import type { UserId } from "../identifiers/identifier-types.ts";
import {
	getInteger,
	getObject,
	getString,
	getValue,
	isJsonArray,
	isJsonObject,
	withoutKeys,
} from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import { type CrossSigningKey, crossSigningPublicKey, readCrossSigningKey } from "./cross-signing-keys.ts";
import { checkDeviceKeys, type DeviceKeys, isDeviceId } from "./device-keys.ts";
import { isSignedBy, keyNameOf } from "./signed-by.ts";

/** A person of another server as that server describes them. */
export interface RemotePerson {
	readonly devices: readonly DeviceKeys[];
	/** The master key and what it signed. */
	readonly crossSigning: readonly CrossSigningKey[];
}

/** A person's list of devices, with its place in the chain of updates. */
export interface RemoteList extends RemotePerson {
	readonly streamId: number;
}

/** Whose keys are read. */
export interface RemoteCheck {
	readonly userId: UserId;
	readonly verifier: SignatureVerifier;
}

/** More devices than anybody uses; a list beyond it is cut. */
const mostDevices = 500;

/** The answer of `GET /user/devices/{userId}`; `undefined` when it is none, or of somebody else. */
export const readDeviceList = (answer: JsonObject, check: RemoteCheck): RemoteList | undefined => {
	const streamId = getInteger(answer, "stream_id");
	const devices = getValue(answer, "devices");
	if (getString(answer, "user_id") !== check.userId || streamId === undefined || !isJsonArray(devices))
		return undefined;
	const named = devices.slice(0, mostDevices).flatMap((device): [string, JsonValue | undefined][] => {
		const deviceId = isJsonObject(device) ? getString(device, "device_id") : undefined;
		return isJsonObject(device) && deviceId !== undefined ? [[deviceId, getValue(device, "keys")]] : [];
	});
	const keys = { master: getObject(answer, "master_key"), self_signing: getObject(answer, "self_signing_key") };
	return { streamId, devices: goodDevices(named, check), crossSigning: goodCrossSigning(keys, check) };
};

/** One person of an answer of `POST /user/keys/query`. */
export const readQueriedPerson = (answer: JsonObject, check: RemoteCheck): RemotePerson => {
	const of = (name: string): JsonObject | undefined => getObject(getObject(answer, name) ?? {}, check.userId);
	const devices = Object.entries(of("device_keys") ?? {}).slice(0, mostDevices);
	const keys = { master: of("master_keys"), self_signing: of("self_signing_keys") };
	return { devices: goodDevices(devices, check), crossSigning: goodCrossSigning(keys, check) };
};

/** The keys of one device, as an update has them; `undefined` when they are not good (DEV-01 to DEV-04). */
export const readRemoteDevice = (deviceId: string, keys: JsonObject, check: RemoteCheck): DeviceKeys | undefined => {
	const json = withoutKeys(keys, ["unsigned"]);
	const checked = checkDeviceKeys(json, { ...check, deviceId });
	return checked.kind === "ok" ? checked.keys : undefined;
};

const goodDevices = (
	named: readonly (readonly [string, JsonValue | undefined])[],
	check: RemoteCheck,
): readonly DeviceKeys[] =>
	named.flatMap(([deviceId, keys]) =>
		isDeviceId(deviceId) && isJsonObject(keys) ? (readRemoteDevice(deviceId, keys, check) ?? []) : [],
	);

/** A self-signing key that the master key did not sign says nothing of the person. */
export const goodCrossSigning = (
	keys: { readonly master: JsonObject | undefined; readonly self_signing: JsonObject | undefined },
	{ userId, verifier }: RemoteCheck,
): readonly CrossSigningKey[] => {
	if (keys.master === undefined) return [];
	const master = readCrossSigningKey(keys.master, { userId, usage: "master" });
	if (master.kind === "refused") return [];
	const publicKey = crossSigningPublicKey(keys.master);
	const self =
		keys.self_signing === undefined
			? undefined
			: readCrossSigningKey(keys.self_signing, { userId, usage: "self_signing" });
	const isSigned =
		self?.kind === "ok" && isSignedBy(self.key.json, { userId, keyName: keyNameOf(publicKey), publicKey, verifier });
	return isSigned ? [master.key, self.key] : [master.key];
};
