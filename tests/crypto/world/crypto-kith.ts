import { randomBytes } from "node:crypto";
import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import { nodeVerifier } from "../../../src/server/adapters/crypto-node/node-verifier.ts";
import { createKeyBackupStore } from "../../../src/server/adapters/prisma/keys/key-backup-store.ts";
import { createKeyStore } from "../../../src/server/adapters/prisma/keys/key-store.ts";
import { createToDeviceStore } from "../../../src/server/adapters/prisma/keys/to-device-store.ts";
import { createStreamStore } from "../../../src/server/adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "../../../src/server/adapters/prisma/timeline/timeline-store.ts";
import { createKeyBackup } from "../../../src/server/key-backup/public.ts";
import { createKeys } from "../../../src/server/keys/public.ts";
import { createStream } from "../../../src/server/stream/public.ts";
import { createTimeline } from "../../../src/server/timeline/public.ts";
import { createToDevice } from "../../../src/server/to-device/public.ts";
import type { TransportHost } from "../../../src/server/trpc/transport-host.ts";
import { openPrivacy } from "../../../src/shared/wire/privacy-choices.ts";
import { silentLog } from "../../setup/silent-log.ts";
import type { KithProcess, SimulatedKith } from "../../simulation/federation/simulated-kith.ts";

/** What the procedures of devices and rooms stand on; nobody calls the others here. */
type CryptoAreas = Pick<
	TransportHost,
	"rooms" | "messages" | "federation" | "timeline" | "stream" | "keys" | "toDevice" | "keyBackup" | "log"
>;

/** A server of the simulation with the areas that devices' crypto asks for. */
export interface CryptoKith {
	readonly name: ServerName;
	readonly kith: SimulatedKith;
	/** The areas of whichever process runs. */
	readonly host: TransportHost;
	/** How far the stream is, on the disk. */
	head(): Promise<number>;
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/** Opens them, and those of each process that follows. */
export const openCryptoKith = async (kith: SimulatedKith): Promise<CryptoKith> => {
	let areas = await openAreas(kith.now());
	const host = new Proxy({} as TransportHost, { get: (_, name) => Reflect.get(areas, name) });
	return {
		...{ name: kith.name, kith, host },
		head: async () => {
			const [row] = await kith.disk.rows<{ position: string }>("SELECT position FROM stream_head");
			return Number(row?.position ?? 0);
		},
		restart: async () => {
			await areas.stream.stop();
			await kith.restart();
			areas = await openAreas(kith.now());
		},
		stop: async () => {
			await areas.stream.stop();
			await kith.stop();
		},
	};
};

const openAreas = async ({ name, database, bus, rooms, messages, federation }: KithProcess): Promise<CryptoAreas> => {
	const { pool } = database;
	const timeline = createTimeline({ store: createTimelineStore(pool), privacyOf: async () => openPrivacy });
	const stream = createStream({
		...{ store: createStreamStore(pool), reads: timeline.streamReads, bus, log: silentLog, clock: Date },
		processId: randomBytes(9).toString("base64url"),
	});
	await stream.start();
	const ground = { bus, serverName: name, clock: Date };
	return {
		...{ rooms, messages, federation, timeline, stream, log: silentLog },
		keys: createKeys({
			...{ ...ground, store: createKeyStore(pool), remote: federation.devices.remoteKeys, log: silentLog },
			verifier: nodeVerifier,
			// Whoever replaces an identity here is the person.
			confirmPerson: async () => undefined,
		}),
		keyBackup: createKeyBackup(createKeyBackupStore(pool)),
		toDevice: createToDevice({
			...{ ...ground, store: createToDeviceStore(pool) },
			newMessageId: () => randomBytes(18).toString("base64url"),
		}),
	};
};
