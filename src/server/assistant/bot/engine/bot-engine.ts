/**
 * The entry of the thread in which the assistant's crypto machine lives: the same engine as in browsers, over a store that
 * this server keeps. What breaks down here ends the thread and nothing else; the next one goes on from what was kept.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import { databaseNames } from "../../../../client/crypto/crypto-databases.ts";
import type { CryptoReply, EngineAccount } from "../../../../client/crypto/crypto-message.ts";
import { createCryptoServer } from "../../../../client/crypto/worker/crypto-server.ts";
import { createKeyServer, type KeyServer } from "../../../../client/crypto/worker/key-server.ts";
import { openIndexedMemory } from "../../../../client/crypto/worker/store-key.ts";
import { indexedDbGlobals } from "../indexed-db/open-factory.ts";
import type { EngineStart, IdentitySeeds } from "./engine-messages.ts";
import { createPort } from "./engine-port.ts";

if (parentPort === null) throw new Error("this is the entry of a thread");
const port = createPort(parentPort);
const start = workerData as EngineStart;
Object.assign(globalThis, indexedDbGlobals(start.records, { keep: port.keep }));

let machine: OlmMachine | undefined;
let isIdentityTold = start.identity !== undefined;
const server = createKeyServer(port.fetch);

const tell = (reply: CryptoReply): void => {
	port.reply(reply);
	if (reply.kind === "identity" && reply.status === "verified") void tellIdentity();
};

const answer = createCryptoServer({
	openMachine: async (account) => {
		const opened = await openKeptMachine(account, server);
		machine = opened.machine;
		return opened;
	},
	openMemory: (account) => openIndexedMemory(databaseNames(account).own),
	forget: async () => undefined,
	server,
	later: (callback, delayMs) => {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
	tell,
	// Whoever waits for an answer gets it first.
	onBroken: () => setTimeout(() => process.exit(1)),
});
port.listen((call) => answer(call, port.reply));

async function openKeptMachine(account: EngineAccount, keyServer: KeyServer) {
	const { initAsync, OlmMachine, StoreHandle, UserId, DeviceId } = await import("@matrix-org/matrix-sdk-crypto-wasm");
	await initAsync();
	const store = await StoreHandle.openWithKey(databaseNames(account).machine, start.key);
	start.key.fill(0);
	const opened = await OlmMachine.initFromStore(new UserId(account.userId), new DeviceId(account.deviceId), store);
	const isNew = start.records.length === 0;
	if (isNew && start.identity !== undefined) await takeOn(opened, keyServer, start.identity);
	return { machine: opened, isNew };
}

/** A new device of an identity that is there: it has to know the public half before it is given the private one. */
async function takeOn(opened: OlmMachine, keyServer: KeyServer, seeds: IdentitySeeds): Promise<void> {
	const { UserId } = await import("@matrix-org/matrix-sdk-crypto-wasm");
	const query = opened.queryKeysForUsers([new UserId(opened.userId.toString())]);
	const found = await keyServer.query(JSON.parse(query.body));
	await opened.markRequestAsSent(query.id, query.type, JSON.stringify(found));
	await opened.importCrossSigningKeys(seeds.master, seeds.selfSigning, seeds.userSigning);
}

async function tellIdentity(): Promise<void> {
	if (isIdentityTold || machine === undefined) return;
	isIdentityTold = true;
	const { masterKey, self_signing_key, userSigningKey } = (await machine.exportCrossSigningKeys()) ?? {};
	if (masterKey === undefined || self_signing_key === undefined || userSigningKey === undefined) return;
	port.tellIdentity({ master: masterKey, selfSigning: self_signing_key, userSigning: userSigningKey });
}
