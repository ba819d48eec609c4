import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { createVolatileMemory } from "../../src/client/crypto/worker/engine-memory.ts";
import type { KeyServer } from "../../src/client/crypto/worker/key-server.ts";
import type { Viewer } from "../../src/server/accounts/public.ts";
import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";
import { keyServerOf } from "./core-client.ts";
import { newsFor } from "./device-news.ts";
import { openHost } from "./open-host.ts";
import { callerOf } from "./procedure-server.ts";

/** What stands between a device and its server. */
export type Changes = Partial<KeyServer>;

/** People of one server, and the worker's engine for as many devices of theirs as a test wants. */
export const openCores = async () => {
	const opened = await openHost();
	const { host } = opened;
	return {
		host,
		device: async (userId: UserId, deviceId: string, changes: (server: KeyServer) => Changes = () => ({})) => {
			const viewer = await opened.signIn(userId, deviceId);
			const server = keyServerOf(host, viewer);
			const changed = { ...server, ...changes(server) };
			/** Addresses of the files that it put somewhere. */
			const files: string[] = [];
			const putFile = async (bytes: Uint8Array): Promise<string> => {
				const address = await changed.putFile(bytes);
				files.push(address);
				return address;
			};
			const memory = createVolatileMemory();
			const core = await opened.start(viewer, { ...changed, putFile }, { openMemory: async () => memory });
			return { ...core, viewer, server, files, memory, call: callerOf(host, viewer) };
		},
		news: (viewer: Viewer): Promise<WireDeviceNews> => newsFor(host, viewer),
		[Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
	};
};

export type Cores = Awaited<ReturnType<typeof openCores>>;
export type CoreDevice = Awaited<ReturnType<Cores["device"]>>;
