import { type RemotePerson, readQueriedPerson } from "../../../../federation/device-keys/remote-devices.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { RemoteDevices } from "../../keys/public.ts";
import { createSlots } from "../delivery/slots.ts";
import type { DevicesDependencies } from "./devices-dependencies.ts";

/** Whoever asks waits for it: a server that takes longer is named as one that gave no answer. */
export const askTimeoutMs = 10_000;
/** Hundreds of people with their devices. */
export const maxAnswerBytes = 8 * 1_048_576;
const serversAtOnce = 20;

/**
 * The devices of other servers' people: of those who share a room with somebody here as they are kept, as long as nothing
 * was missed, of all others as their servers say now. Who signs in while a server is silent, or after the last common room, has to
 * know whom it hears from all the same: then people are as last known.
 */
export const queryRemoteKeys = async (
	dependencies: DevicesDependencies,
	asked: ReadonlyMap<UserId, readonly string[]>,
): Promise<RemoteDevices> => {
	const { remoteDevices, keyStore, bus } = dependencies;
	const userIds = [...asked.keys()];
	const [lists, sharing] = await Promise.all([remoteDevices.listsOf(userIds), remoteDevices.sharing(userIds)]);
	const isKept = (userId: UserId): boolean =>
		sharing.has(userId) && lists.some((list) => list.userId === userId && !list.isStale);
	const kept = userIds.filter(isKept);
	const wanted = userIds.filter((userId) => !isKept(userId));
	const unknown = wanted.filter((userId) => sharing.has(userId) && !lists.some((list) => list.userId === userId));
	if (unknown.length > 0) {
		await remoteDevices.follow(unknown);
		bus.publish({ kind: "federation" });
	}
	const answers = await askServers(dependencies, wanted, asked);
	const failures = answers.flatMap(({ server, hasFailed }) => (hasFailed ? [server] : []));
	const lastKnown = wanted.filter((userId) => failures.includes(userIdServer(userId)));
	const people = answers.flatMap(({ found }) => found);
	// A server may tell its people's devices to those alone who share a room with them. Who they are has not changed by that;
	// what they have now is not known, and nothing is to be sealed for what they had.
	const untold = people
		.filter(({ userId, devices: told, crossSigning: keys }) => told.length + keys.length === 0 && !sharing.has(userId))
		.map(({ userId }) => userId);
	const [devices, crossSigning] = await Promise.all([
		remoteDevices.devicesOf([...kept, ...lastKnown]),
		keyStore.crossSigningOf([...kept, ...lastKnown, ...untold]),
	]);
	return {
		devices: [...devices, ...people.flatMap(storedDevices)],
		crossSigning: [...crossSigning, ...people.flatMap(storedKeys)],
		failures,
	};
};

interface FoundPerson extends RemotePerson {
	readonly userId: UserId;
}

interface ServerAnswer {
	readonly server: ServerName;
	readonly hasFailed: boolean;
	readonly found: readonly FoundPerson[];
}

const askServers = (
	dependencies: DevicesDependencies,
	wanted: readonly UserId[],
	asked: ReadonlyMap<UserId, readonly string[]>,
): Promise<readonly ServerAnswer[]> => {
	const servers = [...new Set(wanted.map(userIdServer))];
	const slots = createSlots(serversAtOnce);
	return Promise.all(
		servers.map((server) =>
			slots.within(() => {
				const people = wanted.filter((userId) => userIdServer(userId) === server);
				return askServer(dependencies, server, new Map(people.map((userId) => [userId, asked.get(userId) ?? []])));
			}),
		),
	);
};

const askServer = async (
	{ peers, verifier, log }: DevicesDependencies,
	server: ServerName,
	people: ReadonlyMap<UserId, readonly string[]>,
): Promise<ServerAnswer> => {
	const answer = await peers.request(server, {
		...{ method: "POST", uri: "/_matrix/federation/v1/user/keys/query", maxAnswerBytes, timeoutMs: askTimeoutMs },
		content: jsonObject([["device_keys", jsonObject(people)]]),
	});
	if (answer.kind !== "answered") {
		log.info({ peer: server, kind: answer.kind }, "the devices of a server's people could not be had");
		return { server, hasFailed: true, found: [] };
	}
	const found = [...people.keys()].map((userId) => ({
		userId,
		...readQueriedPerson(answer.content, { userId, verifier }),
	}));
	return { server, hasFailed: false, found };
};

const storedDevices = ({ userId, devices }: FoundPerson): RemoteDevices["devices"] =>
	devices.map(({ deviceId, json }) => ({ userId, deviceId, json: encodeCanonicalJson(json), displayName: "" }));

const storedKeys = ({ userId, crossSigning }: FoundPerson): RemoteDevices["crossSigning"] =>
	crossSigning.map(({ usage, json }) => ({ userId, usage, json: encodeCanonicalJson(json) }));
