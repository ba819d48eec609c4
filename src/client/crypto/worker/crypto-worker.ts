/**
 * The worker's entry. As a SharedWorker it serves every window through its port; where there is none each window has a
 * worker of its own, of which the one that holds the lock works for all, over a channel. Either way nothing is opened
 * before the lock is held, and whoever waits for the lock hears of the end.
 */
import { config } from "zod";
import { channelNames, databaseNames, storeLock } from "../crypto-databases.ts";
import { type CryptoReply, engineAccount } from "../crypto-message.ts";
import { createCryptoServer } from "./crypto-server.ts";
import { createKeyServer } from "./key-server.ts";
import { answering, forgetMachine, loadWasm, openIndexedMachine } from "./open-machine.ts";
import { watchConnections } from "./store-connections.ts";
import { openIndexedMemory } from "./store-key.ts";

// Schemas that compile themselves need scripts made from text, which nothing here may do.
config({ jitless: true });

/** Put in by the build. */
declare const cryptoWasm: { readonly address: string; readonly integrity: string };

type Scope = typeof globalThis & {
	readonly name: string;
	close(): void;
	onconnect?: (event: MessageEvent) => void;
};
const scope = globalThis as Scope;

const account = engineAccount.parse(JSON.parse(scope.name));
const pages = new Set<(reply: CryptoReply) => void>();
const tellAll = (reply: CryptoReply): void => {
	for (const tell of pages) tell(reply);
};

const connections = watchConnections();

/** What comes to its end now comes to it for want of a store. The next engine would make one anew. */
let isForgotten = false;

const end = (): void => {
	if (isForgotten) return;
	tellAll({ kind: "ending" });
	scope.close();
};

const answer = createCryptoServer({
	openMachine: async (wanted) => {
		await loadWasm(cryptoWasm.address, cryptoWasm.integrity);
		return openIndexedMachine(wanted);
	},
	openMemory: (wanted) => answering(() => openIndexedMemory(databaseNames(wanted).own)),
	forget: (wanted) => {
		isForgotten = true;
		connections.closeAll();
		return forgetMachine(wanted);
	},
	server: createKeyServer((address, init) => fetch(address, init)),
	later: (callback, delayMs) => {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
	tell: tellAll,
	// Whoever waits for an answer gets it first.
	onBroken: () => setTimeout(end),
});

// What the machine breaks down of in the background reaches nobody who asked.
addEventListener("error", ({ error }) => {
	if (error instanceof WebAssembly.RuntimeError) end();
});
addEventListener("unhandledrejection", ({ reason }) => {
	if (reason instanceof WebAssembly.RuntimeError) end();
});

const whenHeld = new Promise<void>((resolve) => {
	void navigator.locks.request(storeLock(account), () => {
		resolve();
		// Held for as long as this worker lives.
		return new Promise<never>(() => undefined);
	});
});

if ("onconnect" in scope) {
	scope.onconnect = ({ ports: [port] }) => {
		if (port === undefined) return;
		const reply = (message: CryptoReply): void => port.postMessage(message);
		pages.add(reply);
		port.onmessage = ({ data }: MessageEvent<unknown>) => void whenHeld.then(() => answer(data, reply));
	};
} else {
	void whenHeld.then(() => {
		const { calls, replies } = channelNames(account);
		const out = new BroadcastChannel(replies);
		const reply = (message: CryptoReply): void => out.postMessage(message);
		pages.add(reply);
		new BroadcastChannel(calls).onmessage = ({ data }: MessageEvent<unknown>) => answer(data, reply);
		reply({ kind: "here" });
	});
}
