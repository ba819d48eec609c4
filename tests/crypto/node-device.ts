import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { DeviceId, initAsync, OlmMachine, StoreHandle, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { type StartedCrypto, startCrypto } from "../../src/client/crypto/worker/crypto-core.ts";
import { createVolatileMemory } from "../../src/client/crypto/worker/engine-memory.ts";
import { createKeyServer } from "../../src/client/crypto/worker/key-server.ts";
import type { Person } from "../server-process/add-people.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";

/** The worker's own engine without a browser: in this process, over the real server. */
export interface NodeDevice {
	readonly person: Person;
	readonly engine: StartedCrypto["handlers"];
	/** Seals a message for these people, and hands it to the server. */
	say(roomId: string, userIds: readonly string[], body: string): Promise<void>;
	stop(): void;
}

const settings = { historyVisibility: "shared" } as const;
const lookEveryMs = 20;
const patienceMs = 60_000;

/** Starts it, and waits until its person vouches for it and its keys are at the server. */
export async function openNodeDevice(origin: string, person: Person): Promise<NodeDevice> {
	await initAsync();
	const caller = createHttpCaller(origin, person.cookie);
	const { userId, deviceId } = (await caller.query("accounts.me")) as { userId: string; deviceId: string };
	const { handlers: engine, stop } = await startCrypto(
		{
			openMachine: async () => {
				const store = await StoreHandle.open(null, null);
				return {
					machine: await OlmMachine.initFromStore(new UserId(userId), new DeviceId(deviceId), store),
					isNew: true,
				};
			},
			openMemory: async () => createVolatileMemory(),
			forget: async () => undefined,
			server: createKeyServer((address, init) =>
				fetch(`${origin}${address}`, {
					...init,
					headers: { ...Object.fromEntries(new Headers(init.headers)), origin, cookie: person.cookie },
				}),
			),
			later: (callback, delayMs) => {
				const timer = setTimeout(callback, delayMs);
				return () => clearTimeout(timer);
			},
			tell: () => undefined,
			onBroken: () => {
				throw new Error("the engine broke down");
			},
		},
		{ userId, deviceId },
	);
	for (let waited = 0; (await engine.status({})).identity !== "verified"; waited += lookEveryMs) {
		if (waited > patienceMs) throw new Error(`nobody vouches for the device of ${userId}`);
		await delay(lookEveryMs);
	}
	return {
		...{ person, engine },
		say: async (roomId, userIds, body) => {
			const { content } = await engine.encrypt({
				...{ roomId, settings, type: "m.room.message", content: { msgtype: "m.text", body } },
				userIds: [...userIds],
			});
			await caller.mutate("messages.sendEncrypted", { roomId, transactionId: randomUUID(), content });
		},
		stop: () => {
			stop();
			caller.close();
		},
	};
}
