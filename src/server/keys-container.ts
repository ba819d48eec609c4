import { randomBytes } from "node:crypto";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { Accounts } from "./accounts/public.ts";
import { nodeVerifier } from "./adapters/crypto-node/node-verifier.ts";
import { createKeyBackupStore } from "./adapters/prisma/keys/key-backup-store.ts";
import { createKeyStore } from "./adapters/prisma/keys/key-store.ts";
import { createToDeviceStore } from "./adapters/prisma/keys/to-device-store.ts";
import type { ContainerOptions } from "./container-options.ts";
import { createKeyBackup, type KeyBackup } from "./key-backup/public.ts";
import { createKeys, type Keys, type RemoteKeys } from "./keys/public.ts";
import type { Bus } from "./stream/public.ts";
import { createToDevice, type ToDevice } from "./to-device/public.ts";

/** What keys stand on besides the database. */
export interface KeysGround {
	readonly bus: Bus;
	readonly accounts: Accounts;
	/** The keys of other servers' people. */
	readonly remote: RemoteKeys;
}

/** Puts the keys of devices and people on their adapters: the part of the container that is theirs. */
export const buildKeys = (
	{ database, environment, log }: ContainerOptions,
	{ bus, accounts, remote }: KeysGround,
): { readonly keys: Keys; readonly toDevice: ToDevice; readonly keyBackup: KeyBackup } => ({
	keys: createKeys({
		store: createKeyStore(database.pool),
		remote,
		verifier: nodeVerifier,
		serverName: environment.serverName as ServerName,
		confirmPerson: accounts.confirmPerson,
		bus,
		clock: Date,
		log,
	}),
	keyBackup: createKeyBackup(createKeyBackupStore(database.pool)),
	toDevice: createToDevice({
		store: createToDeviceStore(database.pool),
		bus,
		serverName: environment.serverName as ServerName,
		clock: Date,
		newMessageId: () => randomBytes(18).toString("base64url"),
	}),
});
