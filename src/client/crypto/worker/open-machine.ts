/**
 * The machine over a store in this browser. The store is sealed with 32 random bytes, which lie beside it wrapped by a key
 * that WebCrypto never gives out: a copy of the disk alone opens nothing.
 */
import { DeviceId, initAsync, OlmMachine, StoreHandle, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { databaseNames, deleteCryptoDatabases, deleteDatabasesOf } from "../crypto-databases.ts";
import type { EngineAccount } from "../crypto-message.ts";
import { openStoreKey } from "./store-key.ts";

/** This browser gives no place to keep keys in. */
export class NoStorage extends Error {}

/** The browser gave no answer about its store: what it gives later must not come beside another machine. */
export class StoreSilent extends NoStorage {}

/** The module that came is not the one that the app was built with, or cannot run here. */
export class WasmRefused extends Error {}

/** Loads the module: only the very bytes that the build saw, which the browser checks before it hands them on. */
export const loadWasm = async (address: string, integrity: string): Promise<void> => {
	try {
		// The library hands on to fetch what it is given: a request may say more than an address.
		await initAsync(new Request(address, { integrity }) as unknown as URL);
	} catch (cause) {
		throw new WasmRefused("the crypto module was not loaded", { cause });
	}
};

export const openIndexedMachine = async (
	account: EngineAccount,
): Promise<{ readonly machine: OlmMachine; readonly isNew: boolean }> => {
	const { userId, deviceId } = account;
	const names = databaseNames(account);
	return answering(async () => {
		const { key, isNew } = await openStoreKey(names.own);
		// What an earlier key sealed nobody opens any more.
		if (isNew) await deleteDatabasesOf(names.machine);
		const store = await StoreHandle.openWithKey(names.machine, key);
		key.fill(0);
		return { machine: await OlmMachine.initFromStore(new UserId(userId), new DeviceId(deviceId), store), isNew };
	});
};

const silentAfterMs = 30_000;

/** Opens something that a browser keeps. Rejects with NoStorage, also where the browser never answers. */
export const answering = async <T>(open: () => Promise<T>): Promise<T> => {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const silence = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new StoreSilent("the browser does not open the store")), silentAfterMs);
	});
	try {
		return await Promise.race([open(), silence]);
	} catch (cause) {
		if (cause instanceof WebAssembly.RuntimeError || cause instanceof NoStorage) throw cause;
		throw new NoStorage("the store of keys does not open", { cause });
	} finally {
		clearTimeout(timer);
	}
};

export const forgetMachine = (account: EngineAccount): Promise<void> => deleteCryptoDatabases(account.userId);
