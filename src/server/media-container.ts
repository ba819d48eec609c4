import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import { createMediaDisk } from "./adapters/media-disk/media-disk.ts";
import { createMediaStore } from "./adapters/prisma/media/media-store.ts";
import { createRemoteMediaStore } from "./adapters/prisma/media/remote-media-store.ts";
import type { ContainerOptions } from "./container-options.ts";
import { fetchRemoteFile, fetchRemotePicture, type ServerGate } from "./federation/public.ts";
import { createMedia, createRemoteFiles, createRemoteMedia, type Media } from "./media/public.ts";
import type { Peers } from "./peers-container.ts";

/** Pictures and files of this server, which a backup holds, and those of others, which can be asked for again. */
export const openMedia = (
	{ database, environment, log }: ContainerOptions,
	{ transport }: Peers,
	rules: ServerGate,
): Media => {
	const storageIn = (name: string) =>
		createMediaDisk({
			folder: join(environment.dataFolder, name),
			unfinished: join(environment.dataFolder, `${name}-unfinished`),
		});
	const machine = { clock: Date, randomBytes };
	const mostFileBytes = environment.uploadMb * 1_000_000;
	const elsewhere = {
		...machine,
		store: createRemoteMediaStore(database.pool),
		storage: storageIn("remote-media"),
		log,
		isShown: (serverName: string) => rules.isAllowed(serverName as ServerName),
		mostBytes: environment.remoteMediaMb * 1_000_000,
	};
	return createMedia({
		...machine,
		store: createMediaStore(database),
		storage: storageIn("media"),
		serverName: environment.serverName,
		mostFileBytes,
		fileQuota: { files: 100_000, bytes: environment.filesPerPersonMb * 1_000_000 },
		remote: {
			pictures: createRemoteMedia({
				...elsewhere,
				source: { fetch: (address, mostBytes) => fetchRemotePicture(transport, address, mostBytes) },
			}),
			files: createRemoteFiles(
				{ ...elsewhere, source: { fetch: (address, mostBytes) => fetchRemoteFile(transport, address, mostBytes) } },
				mostFileBytes,
			),
		},
	});
};
