import type { ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../federation/json/json-object.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import { parseJson } from "../../federation/json/parse-json.ts";
import { type TestDevice, testDevice } from "../../federation/testing/device-factory.ts";
import type { PersonProof, Viewer } from "../../src/server/accounts/public.ts";
import { createMemoryBus } from "../../src/server/adapters/bus-memory/memory-bus.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createAccountStore } from "../../src/server/adapters/prisma/accounts/account-store.ts";
import { createKeyStore } from "../../src/server/adapters/prisma/keys/key-store.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createKeys, type RemoteKeys } from "../../src/server/keys/public.ts";
import type { Bus, Poke } from "../../src/server/stream/public.ts";
import { AppError } from "../../src/shared/app-error.ts";
import { silentLog } from "./silent-log.ts";
import { createTestDatabase } from "./test-database.ts";
import { createTestRooms, testServerName } from "./test-rooms.ts";

const nobodyElsewhere: RemoteKeys = {
	query: async () => ({ devices: [], crossSigning: [], failures: ["two.example"] }),
	claim: async () => ({ keys: [], failures: ["two.example"] }),
};

/** The keys area on a database; the person proves to be there by the password "right". */
export const keysOn = (
	database: Database,
	{
		bus = createMemoryBus(),
		serverName = testServerName,
		remote = nobodyElsewhere,
	}: { readonly bus?: Bus; readonly serverName?: ServerName; readonly remote?: RemoteKeys } = {},
) =>
	createKeys({
		store: createKeyStore(database.pool),
		...{ remote, verifier: nodeVerifier, serverName, bus, clock: Date, log: silentLog },
		confirmPerson: async (_: Viewer, proof: PersonProof) => {
			if (proof.kind !== "password" || proof.password !== "right") throw new AppError("wrong-credentials");
		},
	});

/** A signed-in device with keys of its own. */
export interface SignedInDevice extends TestDevice {
	readonly viewer: Viewer;
}

/** Signs a person in; nothing is uploaded yet. */
export const signIn = async (database: Database, userId: UserId, deviceId: string): Promise<SignedInDevice> => {
	const sessionId = `session-${userId.slice(1, userId.indexOf(":"))}-${deviceId}`;
	await createAccountStore(database).createSession(
		{ sessionId, userId, deviceId, deviceName: `${deviceId} of somebody` },
		undefined,
	);
	return { ...testDevice(userId, deviceId), viewer: { userId, sessionId, deviceId, isOwner: false } };
};

/** The keys area with people, devices and rooms, on a fresh database. */
export const createTestKeys = async () => {
	const test = await createTestDatabase();
	const { database } = test;
	const bus = createMemoryBus();
	const pokes: Poke[] = [];
	bus.subscribe((poke) => pokes.push(poke));
	const kith = createTestRooms(database);
	const keys = keysOn(database, { bus });
	const ann = await kith.addPerson("ann");
	const bob = await kith.addPerson("bob");
	return {
		...kith,
		...{ database, connectionString: test.connectionString, bus, pokes, keys, ann, bob },
		signIn: (userId: UserId, deviceId: string) => signIn(database, userId, deviceId),
		/** Signs in and uploads keys. */
		device: async (userId: UserId, deviceId: string): Promise<SignedInDevice> => {
			const device = await signIn(database, userId, deviceId);
			await keys.upload(device.viewer, { deviceKeys: device.keys() });
			return device;
		},
		signOut: (device: SignedInDevice) =>
			createAccountStore(database).revokeSession(device.viewer.sessionId, Date.now()),
		query: async (askerId: UserId, ...userIds: readonly UserId[]) => {
			const answer = await keys.query(askerId, new Map(userIds.map((userId) => [userId, []])));
			return plain(answer) as unknown as {
				readonly deviceKeys: Record<string, Record<string, JsonObject>>;
				readonly masterKeys: Record<string, JsonObject>;
				readonly selfSigningKeys: Record<string, JsonObject>;
				readonly userSigningKeys: Record<string, JsonObject>;
				readonly failures: readonly string[];
			};
		},
		rows: async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
			(await database.pool.query(text, [...values])).rows,
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

export type TestKeys = Awaited<ReturnType<typeof createTestKeys>>;

/** With prototypes, so that tests can compare it. */
export const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

/** Without, as calls have it. */
export const bare = (value: unknown): JsonObject => {
	const parsed = parseJson(JSON.stringify(value));
	return parsed.kind === "ok" ? (parsed.value as JsonObject) : jsonObject();
};
