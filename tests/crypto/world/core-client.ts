import { createHash } from "node:crypto";
import {
	DeviceId,
	initAsync,
	type KeysQueryRequest,
	OlmMachine,
	type RequestType,
	RoomId,
	type SignatureUploadRequest,
	StoreHandle,
	UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { type StartedCrypto, startCrypto } from "../../../src/client/crypto/worker/crypto-core.ts";
import { createVolatileMemory } from "../../../src/client/crypto/worker/engine-memory.ts";
import { type KeyServer, Refused, Unanswered } from "../../../src/client/crypto/worker/key-server.ts";
import { pause } from "../../simulation/federation/simulated-time.ts";
import type { CryptoClient, CryptoServer, IdentitySeeds } from "../crypto-client.ts";

/** One process of a device's engine, over a store that outlives it. */
interface Running extends StartedCrypto {
	readonly machine: OlmMachine;
	/** It says and hears nothing any more. */
	kill(): void;
}

const lookMs = 5;
/** Whatever it waits for between two tries passes so many times faster. */
const hurry = 20;
const patienceMs = 30_000;

/**
 * The worker's own engine as a device of the world: everything that it does by itself it does here too, in its own time. Its
 * process may be killed at any moment; what it kept stays.
 */
export const createCoreClient = async (
	account: { readonly userId: string; readonly deviceId: string },
	server: CryptoServer,
) => {
	await initAsync();
	const store = await StoreHandle.open(null, null);
	const memory = createVolatileMemory();
	const start = (seeds?: IdentitySeeds): Promise<Running> => startProcess(account, { server, store, memory, seeds });
	let running = await start();
	let isStart = false;
	const { userId } = account;
	/** Resolves when the engine stands so with the person's identity. */
	const stands = async (wanted: "verified" | "unverified"): Promise<void> => {
		for (let waited = 0; (await running.handlers.status({})).identity !== wanted; waited += lookMs) {
			if (waited > patienceMs) throw new Error(`${userId} ${account.deviceId} is not ${wanted}`);
			await pause(lookMs);
		}
	};
	const send = async (request: KeysQueryRequest | SignatureUploadRequest, body: Promise<unknown>): Promise<void> => {
		const type: RequestType = request.type;
		if (request.id === undefined) await body;
		else await running.machine.markRequestAsSent(request.id, type, JSON.stringify(await body));
	};
	const client: CryptoClient = {
		bootstrap: () => stands("verified"),
		exportIdentity: async () => {
			const seeds = await seedsOf(running.machine);
			if (seeds === undefined) throw new Error("there is no identity");
			return seeds;
		},
		joinIdentity: async ({ master, selfSigning, userSigning }) => {
			await stands("unverified");
			const { machine } = running;
			await machine.importCrossSigningKeys(master, selfSigning, userSigning);
			const own = await machine.getDevice(machine.userId, machine.deviceId);
			if (own === undefined) throw new Error("the device does not know itself");
			const signature = await own.verify();
			await send(signature, server.uploadSignatures(JSON.parse(signature.body)));
			const query = machine.queryKeysForUsers([new UserId(userId)]);
			await send(query, server.query(JSON.parse(query.body)));
			await stands("verified");
		},
		// It does these by itself.
		sendAll: async () => undefined,
		track: async () => undefined,
		doubtLists: async () => {
			isStart = true;
		},
		receive: async (news) => {
			await running.handlers.receive({ news, isStart });
			isStart = false;
		},
		encrypt: async (roomId, userIds, body) => {
			const { content } = await running.handlers.encrypt({
				...{ roomId, type: "m.room.message", content: { msgtype: "m.text", body } },
				...{ userIds: [...userIds], settings: { historyVisibility: "shared" } },
			});
			return JSON.stringify(content);
		},
		rotate: async (roomId) => {
			await running.machine.invalidateGroupSession(new RoomId(roomId));
			// The engine was not asked: it must look anew.
			await running.handlers.acceptIdentities({ userIds: [] });
		},
		backUp: () => notHere("a backup"),
		restore: () => notHere("a backup"),
		decrypt: async (roomId, sender, content) => {
			// The same ciphertext is the same event.
			const eventId = `$${createHash("sha256").update(content).digest("base64url")}`;
			const event = { roomId, eventId, sender, originServerTs: 1, content: JSON.parse(content) };
			const { results } = await running.handlers.decrypt({ events: [event] });
			const [result] = results;
			if (result?.kind !== "read") throw new Error(result?.reason ?? "nothing came");
			return String(result.content["body"]);
		},
	};
	return {
		...client,
		/** Ends the engine for good: it would go on trying servers that are gone. */
		endEngine: (): void => running.kill(),
		/** Ends the engine's process wherever it is, and starts the next one over what it kept. */
		restartEngine: async (): Promise<void> => {
			running.kill();
			running = await start(await seedsOf(running.machine));
		},
	};
};

export type CoreWorldClient = Awaited<ReturnType<typeof createCoreClient>>;

const seedsOf = async (machine: OlmMachine): Promise<IdentitySeeds | undefined> => {
	const { masterKey, self_signing_key, userSigningKey } = (await machine.exportCrossSigningKeys()) ?? {};
	if (masterKey === undefined || self_signing_key === undefined || userSigningKey === undefined) return undefined;
	return { master: masterKey, selfSigning: self_signing_key, userSigning: userSigningKey };
};

const startProcess = async (
	account: { readonly userId: string; readonly deviceId: string },
	parts: {
		readonly server: CryptoServer;
		readonly store: StoreHandle;
		readonly memory: ReturnType<typeof createVolatileMemory>;
		/** The store in memory forgets them, other than the one in a browser. */
		readonly seeds: IdentitySeeds | undefined;
	},
): Promise<Running> => {
	const timers = new Set<NodeJS.Timeout>();
	let isDead = false;
	const machine = await OlmMachine.initFromStore(
		new UserId(account.userId),
		new DeviceId(account.deviceId),
		parts.store,
	);
	const { seeds } = parts;
	if (seeds !== undefined) await machine.importCrossSigningKeys(seeds.master, seeds.selfSigning, seeds.userSigning);
	const started = await startCrypto(
		{
			openMachine: async () => ({ machine, isNew: false }),
			openMemory: async () => parts.memory,
			forget: async () => undefined,
			server: unlessDead(keyServerOf(parts.server), () => isDead),
			later: (callback, delayMs) => {
				if (isDead) return () => undefined;
				const timer = setTimeout(() => {
					timers.delete(timer);
					callback();
				}, delayMs / hurry);
				timers.add(timer);
				return () => {
					clearTimeout(timer);
					timers.delete(timer);
				};
			},
			tell: () => undefined,
			onBroken: (cause) => {
				throw new Error(`the engine of ${account.userId} ${account.deviceId} broke down`, { cause });
			},
		},
		account,
	);
	return {
		...{ ...started, machine },
		kill: () => {
			isDead = true;
			for (const timer of timers) clearTimeout(timer);
		},
	};
};

/** No answer comes to a process that is dead, and none goes out. */
const unlessDead = (server: KeyServer, isDead: () => boolean): KeyServer =>
	new Proxy(server, {
		get: (target, name) => {
			const call = Reflect.get(target, name) as (...input: unknown[]) => Promise<unknown>;
			return async (...input: unknown[]): Promise<unknown> => {
				const never = new Promise<never>(() => undefined);
				if (isDead()) return never;
				const answer = await call(...input).catch((error: unknown) => (isDead() ? never : Promise.reject(error)));
				return isDead() ? never : answer;
			};
		},
	});

const keyServerOf = (server: CryptoServer): KeyServer => ({
	upload: (body) => said(server.upload(body)),
	query: (body) => said(server.query(body)),
	claim: (body) => said(server.claim(body)),
	uploadSignatures: (body) => said(server.uploadSignatures(body)),
	uploadSigningKeys: (body) => said(server.uploadSigningKeys(body)),
	sendToDevice: ({ messages, ...message }) => said(server.sendToDevice({ ...message, body: { messages } })),
	// Whoever follows the stream for it acknowledges, too.
	acknowledgeToDevice: async () => undefined,
	sendEncrypted: () => nobody(),
	putBackedUpKeys: () => nobody(),
	accountData: async () => undefined,
	setAccountData: () => nobody(),
	// Who was not there when something was said must not read it here: there is no backup.
	currentBackup: () => nobody(),
	createBackup: () => nobody(),
	backedUpKeys: () => nobody(),
	// Nor does anybody leave a device asleep, for the same reason.
	sleepingDevice: () => nobody(),
	putSleepingDevice: () => nobody(),
	sleepingDeviceEvents: () => nobody(),
	removeSleepingDevice: () => nobody(),
	// And nobody is handed the past of a room.
	putFile: () => nobody(),
	readFile: () => nobody(),
	membershipOf: async () => undefined,
});

/** What a procedure throws, as it comes over the wire. */
const said = async (answer: Promise<unknown>): Promise<unknown> => {
	try {
		return await answer;
	} catch (error) {
		throw error instanceof Error && error.name === "TRPCError" ? new Refused(error.message) : new Unanswered();
	}
};

const nobody = async (): Promise<never> => {
	throw new Unanswered("there is no backup");
};

const notHere = async (what: string): Promise<never> => {
	throw new Error(`${what} is not part of this world`);
};
