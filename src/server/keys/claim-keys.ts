import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { KeysDependencies } from "./keys-dependencies.ts";
import type { ClaimedKey, WantedKey } from "./ports.ts";
import { storedObject } from "./stored-json.ts";

/** One-time keys, as the answer of `POST /keys/claim` has them. */
export interface ClaimAnswer {
	readonly oneTimeKeys: JsonObject;
	readonly failures: readonly string[];
}

/**
 * One key of each device that is named, each handed out once; devices that have none are left out. Matrix v1.19
 * Client-Server API, `POST /keys/claim`.
 */
export const claimKeys = async (dependencies: KeysDependencies, wanted: readonly WantedKey[]): Promise<ClaimAnswer> => {
	const isLocal = ({ userId }: WantedKey): boolean => userIdServer(userId) === dependencies.serverName;
	const elsewhere = wanted.filter((key) => !isLocal(key));
	const [own, others] = await Promise.all([
		claimLocalKeys(dependencies, wanted.filter(isLocal)),
		elsewhere.length === 0 ? { keys: [], failures: [] } : dependencies.remote.claim(elsewhere),
	]);
	return { oneTimeKeys: claimedObject([...own, ...others.keys]), failures: others.failures };
};

/** Of this server's devices alone; a device hears that it has a key less. */
export const claimLocalKeys = async (
	{ store, bus, clock }: Pick<KeysDependencies, "store" | "bus" | "clock">,
	wanted: readonly WantedKey[],
): Promise<readonly ClaimedKey[]> => {
	if (wanted.length === 0) return [];
	const claimed = await store.claim(wanted, clock.now());
	if (claimed.length > 0) {
		bus.publish({ kind: "keys", devices: claimed.map(({ userId, deviceId }) => ({ userId, deviceId })) });
	}
	return claimed;
};

/** By person and device, each key under its name. */
export const claimedObject = (claimed: readonly ClaimedKey[]): JsonObject => {
	const people = new Map<string, Map<string, JsonObject>>();
	for (const { userId, deviceId, algorithm, keyId, json } of claimed) {
		const devices = people.get(userId) ?? new Map<string, JsonObject>();
		people.set(userId, devices.set(deviceId, jsonObject([[`${algorithm}:${keyId}`, storedObject(json)]])));
	}
	return jsonObject([...people].map(([userId, devices]) => [userId, jsonObject(devices)]));
};
