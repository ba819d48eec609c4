import { signingKeyOf } from "../../../../federation/device-keys/device-keys.ts";
import { checkOneTimeKeys, oneTimeKeyAlgorithm } from "../../../../federation/device-keys/one-time-keys.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import { getObject, getValue, isJsonObject, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { type ClaimedKey, storedObject, type WantedKey } from "../../keys/public.ts";
import type { DevicesDependencies } from "./devices-dependencies.ts";
import { askTimeoutMs, maxAnswerBytes, queryRemoteKeys } from "./query-remote-keys.ts";

/**
 * One key of each device of other servers, checked against the device's own signing key: what that did not sign is as good
 * as no key.
 */
export const claimRemoteKeys = async (
	dependencies: DevicesDependencies,
	wanted: readonly WantedKey[],
): Promise<{ readonly keys: readonly ClaimedKey[]; readonly failures: readonly string[] }> => {
	const people = new Map<UserId, string[]>();
	for (const { userId, deviceId } of wanted) people.set(userId, [...(people.get(userId) ?? []), deviceId]);
	const known = await queryRemoteKeys(dependencies, people);
	const signing = new Map(
		known.devices.map(({ userId, deviceId, json }) => [
			`${userId}\n${deviceId}`,
			signingKeyOf(storedObject(json), deviceId),
		]),
	);
	const servers = [...new Set(wanted.map(({ userId }) => userIdServer(userId)))].filter(
		(server) => !known.failures.includes(server),
	);
	const answers = await Promise.all(
		servers.map((server) =>
			claimFrom(dependencies, server, {
				signing,
				wanted: wanted.filter(({ userId }) => userIdServer(userId) === server),
			}),
		),
	);
	return {
		keys: answers.flatMap(({ keys }) => keys),
		failures: [...known.failures, ...answers.flatMap(({ hasFailed, server }) => (hasFailed ? [server] : []))],
	};
};

interface Claim {
	readonly wanted: readonly WantedKey[];
	/** By person and device. */
	readonly signing: ReadonlyMap<string, Uint8Array>;
}

const claimFrom = async (
	dependencies: DevicesDependencies,
	server: ServerName,
	claim: Claim,
): Promise<{ readonly server: ServerName; readonly hasFailed: boolean; readonly keys: readonly ClaimedKey[] }> => {
	const people = new Map<string, [string, string][]>();
	for (const { userId, deviceId, algorithm } of claim.wanted) {
		people.set(userId, [...(people.get(userId) ?? []), [deviceId, algorithm]]);
	}
	const asked = jsonObject([...people].map(([userId, devices]) => [userId, jsonObject(devices)]));
	const answer = await dependencies.peers.request(server, {
		...{ method: "POST", uri: "/_matrix/federation/v1/user/keys/claim", maxAnswerBytes, timeoutMs: askTimeoutMs },
		content: jsonObject([["one_time_keys", asked]]),
	});
	if (answer.kind !== "answered") return { server, hasFailed: true, keys: [] };
	const given = getObject(answer.content, "one_time_keys") ?? jsonObject();
	return {
		server,
		hasFailed: false,
		keys: claim.wanted.flatMap((key) => goodKey(dependencies, claim, { key, given })),
	};
};

/** At most one, of what was asked for. */
const goodKey = (
	{ verifier, log }: DevicesDependencies,
	{ signing }: Claim,
	{ key, given }: { readonly key: WantedKey; readonly given: JsonObject },
): readonly ClaimedKey[] => {
	const { userId, deviceId } = key;
	const named = getObject(getObject(given, userId) ?? {}, deviceId) ?? jsonObject();
	const [name] = Object.keys(named);
	const json = name === undefined ? undefined : getValue(named, name);
	const publicKey = signing.get(`${userId}\n${deviceId}`);
	if (name === undefined || !isJsonObject(json) || publicKey === undefined) return [];
	const isFallback = getValue(json, "fallback") === true;
	const checked = checkOneTimeKeys(jsonObject([[name, json]]), { userId, deviceId, publicKey, verifier, isFallback });
	if (checked.kind === "refused") {
		log.warn({ peer: userIdServer(userId), rule: checked.rule }, "a one-time key of another server was refused");
		return [];
	}
	const keyId = name.slice(oneTimeKeyAlgorithm.length + 1);
	return [{ userId, deviceId, algorithm: oneTimeKeyAlgorithm, keyId, json: encodeCanonicalJson(json) }];
};
