import type { EngineAccount } from "./crypto-message.ts";

const prefixOf = (userId: string): string => `kith crypto ${userId} `;

/** How the databases of a device's engine are called: its own, and the one that the machine makes. */
export const databaseNames = ({
	userId,
	deviceId,
}: EngineAccount): { readonly own: string; readonly machine: string } => ({
	own: `${prefixOf(userId)}${deviceId}`,
	machine: `${prefixOf(userId)}${deviceId} machine`,
});

/** The lock that whoever has the store of a device open holds: two machines on one store would corrupt it. */
export const storeLock = ({ userId, deviceId }: EngineAccount): string => `${prefixOf(userId)}${deviceId}`;

/** Deletes every store of an account's devices in this browser. Those that are open go as soon as they are closed. */
export const deleteCryptoDatabases = (userId: string): Promise<void> => deleteDatabasesOf(prefixOf(userId));

/** Deletes every database whose name begins so. */
export const deleteDatabasesOf = async (prefix: string): Promise<void> => {
	const all = await indexedDB.databases().catch(() => []);
	const names = all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
	for (const name of names) indexedDB.deleteDatabase(name);
};

/** The channels over which the windows and the working worker talk where there is no SharedWorker. */
export const channelNames = (account: EngineAccount): { readonly calls: string; readonly replies: string } => ({
	calls: `${storeLock(account)} calls`,
	replies: `${storeLock(account)} replies`,
});
