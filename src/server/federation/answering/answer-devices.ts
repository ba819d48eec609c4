import { oneTimeKeyAlgorithm } from "../../../../federation/device-keys/one-time-keys.ts";
import { badJson, notFound } from "../../../../federation/handshakes/refusal.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { parseUserId, userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getObject, getValue, isJsonArray, isJsonObject, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../federation/json/json-value.ts";
import { claimedObject, claimLocalKeys, composeAnswer, shownCrossSigningKey, shownDevice } from "../../keys/public.ts";
import type { DevicesDependencies } from "../devices/devices-dependencies.ts";
import type { Answer } from "./answering-dependencies.ts";
import { createClaimLimits } from "./claim-limits.ts";

/** What answering about devices stands on. */
interface DeviceAnsweringDependencies
	extends Pick<DevicesDependencies, "serverName" | "remoteDevices" | "keyStore" | "bus" | "clock"> {
	/** Whether that server may have one more key of that device now. */
	readonly mayClaim: (origin: ServerName, device: string) => boolean;
}

/** What other servers are told of this server's devices, bound to what it stands on. */
export const createDeviceAnswering = (dependencies: Omit<DeviceAnsweringDependencies, "mayClaim">) => {
	const bound = { ...dependencies, mayClaim: createClaimLimits(dependencies.clock) };
	return {
		userDevices: (question: Parameters<typeof answerUserDevices>[1]) => answerUserDevices(bound, question),
		query: (question: Parameters<typeof answerKeysQuery>[1]) => answerKeysQuery(bound, question),
		claim: (question: Parameters<typeof answerKeysClaim>[1]) => answerKeysClaim(bound, question),
	};
};

export type DeviceAnswering = ReturnType<typeof createDeviceAnswering>;

/** As many people as one question may be about. */
const mostPeople = 1_000;
const mostKeys = 5_000;

/** `GET /user/devices/{userId}`: the devices of a person who shares a room with the server that asks. */
const answerUserDevices = async (
	{ serverName, remoteDevices, keyStore }: DeviceAnsweringDependencies,
	{ origin, userId: text }: { readonly origin: ServerName; readonly userId: string },
): Promise<Answer> => {
	const userId = parseUserId(text);
	if (userId === undefined || userIdServer(userId) !== serverName) return nobody;
	if (!(await remoteDevices.peopleFor(origin, [userId])).has(userId)) return nobody;
	// Before the devices: what changes in between comes as an update too, and is known twice instead of never.
	const streamId = await remoteDevices.listId(userId);
	const [devices, keys, signatures] = await Promise.all([
		keyStore.devicesOf([userId]),
		keyStore.crossSigningOf([userId]),
		keyStore.signaturesOn([userId], undefined),
	]);
	const keyOf = (usage: string): readonly (readonly [string, JsonObject])[] => {
		const key = keys.find((each) => each.usage === usage);
		return key === undefined ? [] : [[`${usage}_key`, shownCrossSigningKey(key, signatures)]];
	};
	const content = jsonObject([
		["user_id", userId],
		["stream_id", streamId],
		[
			"devices",
			devices.map((device) =>
				jsonObject([
					["device_id", device.deviceId],
					["keys", shownDevice(device, signatures, undefined)],
				]),
			),
		],
		...keyOf("master"),
		...keyOf("self_signing"),
	]);
	return { kind: "answered", content };
};

/** Whoever shares no room with the server that asks is nobody to it. */
const nobody = notFound("There is nobody of that name who shares a room with your server");

/** `POST /user/keys/query` */
const answerKeysQuery = async (
	{ serverName, remoteDevices, keyStore }: DeviceAnsweringDependencies,
	{ origin, content }: { readonly origin: ServerName; readonly content: JsonObject },
): Promise<Answer> => {
	const wanted = getObject(content, "device_keys");
	if (wanted === undefined) return badJson("device_keys is missing");
	const people = localPeople(wanted, serverName);
	const userIds = [...(await remoteDevices.peopleFor(origin, [...people.keys()]))];
	const [devices, crossSigning, signatures] = await Promise.all([
		keyStore.devicesOf(userIds),
		keyStore.crossSigningOf(userIds),
		keyStore.signaturesOn(userIds, undefined),
	]);
	const asked = new Map(userIds.map((userId) => [userId, namesIn(people.get(userId))]));
	const answer = composeAnswer(
		{ asked, askerId: undefined, signatures, failures: [] },
		{ devices, crossSigning: crossSigning.filter(({ usage }) => usage !== "user_signing") },
	);
	return {
		kind: "answered",
		content: jsonObject([
			["device_keys", answer.deviceKeys],
			["master_keys", answer.masterKeys],
			["self_signing_keys", answer.selfSigningKeys],
		]),
	};
};

/** `POST /user/keys/claim`: of each device one key, handed out once. */
const answerKeysClaim = async (
	dependencies: DeviceAnsweringDependencies,
	{ origin, content }: { readonly origin: ServerName; readonly content: JsonObject },
): Promise<Answer> => {
	const { serverName, remoteDevices, keyStore, bus, clock, mayClaim } = dependencies;
	const asked = getObject(content, "one_time_keys");
	if (asked === undefined) return badJson("one_time_keys is missing");
	const people = localPeople(asked, serverName);
	const sharing = await remoteDevices.peopleFor(origin, [...people.keys()]);
	const wanted = [...people]
		.filter(([userId]) => sharing.has(userId))
		.flatMap(([userId, devices]) =>
			(isJsonObject(devices) ? Object.entries(devices) : []).flatMap(([deviceId, algorithm]) =>
				algorithm === oneTimeKeyAlgorithm ? [{ userId, deviceId, algorithm }] : [],
			),
		)
		.slice(0, mostKeys)
		.filter(({ userId, deviceId }) => mayClaim(origin, `${userId}\n${deviceId}`));
	const claimed = await claimLocalKeys({ store: keyStore, bus, clock }, wanted);
	return { kind: "answered", content: jsonObject([["one_time_keys", claimedObject(claimed)]]) };
};

const localPeople = (asked: JsonObject, serverName: ServerName): ReadonlyMap<UserId, JsonValue | undefined> =>
	new Map(
		Object.keys(asked)
			.slice(0, mostPeople)
			.flatMap((text) => {
				const userId = parseUserId(text);
				const isOurs = userId !== undefined && userIdServer(userId) === serverName && !userId.includes("\u0000");
				return isOurs ? [[userId, getValue(asked, text)] as const] : [];
			}),
	);

const namesIn = (value: JsonValue | undefined): readonly string[] =>
	isJsonArray(value) ? value.filter((name): name is string => typeof name === "string") : [];
