import { randomUUID } from "node:crypto";
import { DeviceId, initAsync, OlmMachine, StoreHandle, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoNews } from "../../src/client/crypto/crypto-message.ts";
import { type CryptoHost, startCrypto } from "../../src/client/crypto/worker/crypto-core.ts";
import { createVolatileMemory } from "../../src/client/crypto/worker/engine-memory.ts";
import { type KeyServer, Refused } from "../../src/client/crypto/worker/key-server.ts";
import type { Viewer } from "../../src/server/accounts/public.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";
import type { WireJson } from "../../src/shared/wire/key-calls.ts";
import { callerOf, procedureServer } from "./procedure-server.ts";
import { recoveryServerOf } from "./recovery-client.ts";

/** The procedures in the name of a signed-in person, as the worker's engine calls them. */
export const keyServerOf = (host: TransportHost, viewer: Viewer): KeyServer => {
	const call = callerOf(host, viewer);
	const server = procedureServer(call);
	return {
		...server,
		sendToDevice: ({ messages, ...message }) => server.sendToDevice({ ...message, body: { messages } }),
		putBackedUpKeys: refusing(({ version, ...body }: WireJson & { version: string }) =>
			server.putBackedUpKeys(version, body),
		),
		...recoveryServerOf(call),
		upload: refusing(server.upload),
		uploadSigningKeys: refusing(server.uploadSigningKeys),
		sendEncrypted: (message) =>
			call.messages.sendEncrypted(message as unknown as Parameters<typeof call.messages.sendEncrypted>[0]),
		acknowledgeToDevice: (position) => call.toDevice.acknowledge({ position }),
		...files,
		membershipOf: async (roomId, userId) => {
			const { items } = await call.rooms.members({ roomId, text: userId });
			return items.find((member) => member.userId === userId)?.membership;
		},
	};
};

/** What a procedure throws, as it comes over the wire. */
const refusing =
	<Body>(call: (body: Body) => Promise<unknown>) =>
	async (body: Body): Promise<unknown> => {
		try {
			return await call(body);
		} catch (error) {
			throw error instanceof Error ? new Refused(error.message) : error;
		}
	};

/** Where the bytes lie that messages to devices tell of. */
const files: Pick<KeyServer, "putFile" | "readFile"> & { readonly kept: Map<string, Uint8Array> } = {
	kept: new Map(),
	putFile: async (bytes) => {
		const address = `mxc://kith.test/${randomUUID()}`;
		files.kept.set(address, bytes);
		return address;
	},
	readFile: async (address) => {
		const bytes = files.kept.get(address);
		if (bytes === undefined) throw new Refused("not-found");
		return bytes;
	},
};

export type CoreParts = Partial<Pick<CryptoHost, "openMachine" | "openMemory" | "later">>;

/** The worker's engine over a store in memory, with nothing of a browser around it. `stop` may be called twice. */
export const startCore = async (
	{ userId, deviceId }: { readonly userId: string; readonly deviceId: string },
	server: KeyServer,
	parts: CoreParts = {},
) => {
	await initAsync();
	const news: CryptoNews[] = [];
	const timers = new Set<() => void>();
	let machine: OlmMachine | undefined;
	const openMachine: CryptoHost["openMachine"] =
		parts.openMachine ??
		(async () => {
			const store = await StoreHandle.open(null, null);
			const opened = await OlmMachine.initFromStore(new UserId(userId), new DeviceId(deviceId), store);
			return { machine: opened, isNew: true };
		});
	let isBroken = false;
	const started = await startCrypto(
		{
			openMemory: async () => createVolatileMemory(),
			forget: async () => undefined,
			server,
			later: (callback) => {
				timers.add(callback);
				return () => timers.delete(callback);
			},
			tell: (one) => news.push(one),
			onBroken: () => {
				isBroken = true;
			},
			...parts,
			openMachine: async (account) => {
				const opened = await openMachine(account);
				machine = opened.machine;
				return opened;
			},
		},
		{ userId, deviceId },
	);
	if (machine === undefined) throw new Error("no machine");
	return {
		...started.handlers,
		machine,
		news,
		/** The machine was given up. */
		isBroken: () => isBroken,
		/** Lets everything happen that waits for its time. */
		pass: async (): Promise<void> => {
			const due = [...timers];
			timers.clear();
			for (const callback of due) callback();
		},
		stop: started.stop,
	};
};

export type CoreClient = Awaited<ReturnType<typeof startCore>>;

/** Lets time pass for engines that wait for a moment now and then, for as long as the answer is in use. */
export const passingTime = (cores: readonly Pick<CoreClient, "pass">[]): Disposable => {
	const clock = setInterval(() => {
		for (const core of cores) void core.pass();
	}, 200);
	return { [Symbol.dispose]: () => clearInterval(clock) };
};

/** Time as it passes, for what is about its passing by itself. */
export const realTime: CryptoHost["later"] = (callback, delayMs) => {
	const timer = setTimeout(callback, delayMs);
	return () => clearTimeout(timer);
};
