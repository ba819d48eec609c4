import { expect, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { createVolatileMemory } from "../../src/client/crypto/worker/engine-memory.ts";
import type { KeyServer } from "../../src/client/crypto/worker/key-server.ts";
import type { Viewer } from "../../src/server/accounts/public.ts";
import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";
import { createTestAccounts, testServerName } from "../setup/test-accounts.ts";
import { createTestHost } from "../setup/test-host.ts";
import { signIn } from "../setup/test-keys.ts";
import { type CoreClient, keyServerOf, startCore } from "./core-client.ts";
import { newsFor } from "./device-news.ts";
import { callerOf } from "./procedure-server.ts";

export const ann = `@ann:${testServerName}` as UserId;
export const bob = `@bob:${testServerName}` as UserId;
export const eve = `@eve:${testServerName}` as UserId;

/** What stands between a device and its server. */
export type Changes = Partial<KeyServer>;

/** People of one server, and the worker's engine for as many devices of theirs as a test wants. */
export const openCores = async () => {
	const accounts = await createTestAccounts();
	const host = await createTestHost(accounts);
	for (const name of ["ann", "bob", "eve"]) await accounts.addPerson(name);
	const clients: CoreClient[] = [];
	return {
		host: host.host,
		device: async (userId: UserId, deviceId: string, changes: (server: KeyServer) => Changes = () => ({})) => {
			const { viewer } = await signIn(accounts.database, userId, deviceId);
			const server = keyServerOf(host.host, viewer);
			const changed = { ...server, ...changes(server) };
			/** Addresses of the files that it put somewhere. */
			const files: string[] = [];
			const putFile = async (bytes: Uint8Array): Promise<string> => {
				const address = await changed.putFile(bytes);
				files.push(address);
				return address;
			};
			const memory = createVolatileMemory();
			const core = await startCore(viewer, { ...changed, putFile }, { openMemory: async () => memory });
			clients.push(core);
			return { ...core, viewer, server, files, memory, call: callerOf(host.host, viewer) };
		},
		news: (viewer: Viewer): Promise<WireDeviceNews> => newsFor(host.host, viewer),
		[Symbol.asyncDispose]: async () => {
			for (const client of clients) client.stop();
			await host[Symbol.asyncDispose]();
			await accounts[Symbol.asyncDispose]();
		},
	};
};

export type Cores = Awaited<ReturnType<typeof openCores>>;
export type CoreDevice = Awaited<ReturnType<Cores["device"]>>;

export const verified = (core: Pick<CoreClient, "status">) =>
	vi.waitFor(async () => expect(await core.status({})).toEqual({ identity: "verified" }), { timeout: 10_000 });
