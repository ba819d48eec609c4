import { expect, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import type { KeyServer } from "../../src/client/crypto/worker/key-server.ts";
import type { Viewer } from "../../src/server/accounts/public.ts";
import { createTestAccounts, testServerName } from "../setup/test-accounts.ts";
import { createTestHost } from "../setup/test-host.ts";
import { signIn } from "../setup/test-keys.ts";
import { type CoreClient, type CoreParts, startCore } from "./core-client.ts";

export const ann = `@ann:${testServerName}` as UserId;
export const bob = `@bob:${testServerName}` as UserId;
export const eve = `@eve:${testServerName}` as UserId;

export const inTime = { timeout: 20_000, interval: 100 };

/** The areas of a server with three people, over its database, and the worker's engines that run before it. */
export const openHost = async () => {
	const accounts = await createTestAccounts();
	const host = await createTestHost(accounts);
	for (const name of ["ann", "bob", "eve"]) await accounts.addPerson(name);
	const running = new Set<Pick<CoreClient, "stop">>();
	return {
		accounts,
		host: host.host,
		signIn: async (userId: UserId, deviceId: string): Promise<Viewer> =>
			(await signIn(accounts.database, userId, deviceId)).viewer,
		start: async (viewer: Viewer, server: KeyServer, parts: CoreParts = {}): Promise<CoreClient> => {
			const core = await startCore(viewer, server, parts);
			running.add(core);
			return core;
		},
		[Symbol.asyncDispose]: async () => {
			for (const core of running) core.stop();
			await host[Symbol.asyncDispose]();
			await accounts[Symbol.asyncDispose]();
		},
	};
};

export const becomes = (core: Pick<CoreClient, "status">, identity: string) =>
	vi.waitFor(async () => expect(await core.status({})).toEqual({ identity }), inTime);

export const verified = (core: Pick<CoreClient, "status">) => becomes(core, "verified");
