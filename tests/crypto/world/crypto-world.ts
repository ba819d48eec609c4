import { randomUUID } from "node:crypto";
import { initAsync } from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import type { ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createAccountStore } from "../../../src/server/adapters/prisma/accounts/account-store.ts";
import { startSimulatedKith } from "../../simulation/federation/simulated-kith.ts";
import { createSimulatedNetwork } from "../../simulation/federation/simulated-network.ts";
import { createSimulatedTime, pause } from "../../simulation/federation/simulated-time.ts";
import type { SoakDatabase } from "../../simulation/federation/soak-databases.ts";
import { type CryptoKith, openCryptoKith } from "./crypto-kith.ts";
import {
	type CoreDevice,
	type DeviceOptions,
	type EngineDevice,
	openCoreDevice,
	openEngineDevice,
	openLibolmDevice,
	type WorldDevice,
} from "./world-device.ts";

/** Whose server is the first, and whose the second. */
const serverNames = ["one.example", "two.example"] as const;

const longestBackoffMs = 61 * 60_000;
const lookMs = 5;
const patienceMs = 30_000;

/** Servers on these databases, empty at first, and the network between them. */
export const openCryptoWorld = async (disks: readonly SoakDatabase[], seed = 1) => {
	await Promise.all([initAsync(), Olm.init(), ...disks.map((disk) => disk.empty())]);
	const network = createSimulatedNetwork(seed);
	const time = createSimulatedTime();
	const kiths: CryptoKith[] = [];
	const cores: CoreDevice[] = [];
	for (const [at, disk] of disks.entries()) {
		const name = serverNames[at] as string as ServerName;
		const options = { name, disk, network, versionId: "12", clock: time, random: Math.random } as const;
		kiths.push(await openCryptoKith(await startSimulatedKith(options)));
	}
	const kithOf = (userId: string): CryptoKith => {
		const kith = kiths.find(({ name }) => userId.endsWith(`:${name}`));
		if (kith === undefined) throw new Error(`nobody serves ${userId}`);
		return kith;
	};
	const optionsFor = (userId: UserId, deviceId: string, more: Pick<DeviceOptions, "between"> = {}) => ({
		...{ kith: kithOf(userId), userId, deviceId, ...more },
	});
	return {
		...{ kiths, network, kithOf },
		addPerson: async (localpart: string, at: 0 | 1 = 0): Promise<UserId> => {
			const id = `@${localpart}:${serverNames[at]}` as UserId;
			const { prisma } = kithOf(id).kith.now().database;
			await prisma.user.create({ data: { id, localpart, displayName: localpart, passwordHash: "none" } });
			return id;
		},
		engine: (...args: Parameters<typeof optionsFor>) => openEngineDevice(optionsFor(...args)),
		core: async (...args: Parameters<typeof optionsFor>): Promise<CoreDevice> => {
			const device = await openCoreDevice(optionsFor(...args));
			cores.push(device);
			return device;
		},
		libolm: (...args: Parameters<typeof optionsFor>) => openLibolmDevice(optionsFor(...args)),
		/** A device whose storage is gone, under its old name. */
		reopen: (device: EngineDevice) =>
			openEngineDevice({ ...optionsFor(device.userId, device.deviceId), viewer: device.viewer }),
		/** Servers that were not reached are tried again at once. */
		retry: async (): Promise<void> => {
			time.skip(longestBackoffMs);
			for (const { name, kith } of kiths) {
				const { federation, bus } = kith.now();
				for (const other of kiths) if (other.name !== name) await federation.exchange.destinations.retryNow(other.name);
				bus.publish({ kind: "federation" });
			}
		},
		/** As its person or another of their devices does it. */
		signOut: async ({ userId, viewer }: WorldDevice): Promise<void> => {
			const kith = kithOf(userId);
			await createAccountStore(kith.kith.now().database).revokeSession(viewer.sessionId, Date.now());
			await kith.host.keys.forgetEnded(userId);
		},
		/** An encrypted group that these people are in, made by the first one's device. */
		createRoom: async (maker: WorldDevice, others: readonly WorldDevice[] = []): Promise<string> => {
			const inviteeIds = [...new Set(others.map(({ userId }) => userId))].filter((id) => id !== maker.userId);
			const wishes = { transactionId: randomUUID(), kind: "group", name: "Harbour", encryption: true } as const;
			const { roomId } = await maker.call.rooms.create({ ...wishes, inviteeIds });
			for (const userId of inviteeIds) {
				const device = others.find((other) => other.userId === userId);
				await device?.call.rooms.join({ room: roomId, via: [kithOf(maker.userId).name] });
			}
			return roomId;
		},
		/** Resolves when nothing is on its way from one server to another. */
		settle: async (): Promise<void> => {
			const until = performance.now() + patienceMs;
			for (let quiet = 0; quiet < 2; ) {
				if (performance.now() > until) throw new Error("the servers do not come to rest");
				const waiting = await Promise.all(kiths.map(({ kith }) => kith.disk.rows<{ count: number }>(whatWaits)));
				const isQuiet = network.underWay() === 0 && waiting.every(([row]) => row?.count === 0);
				quiet = isQuiet ? quiet + 1 : 0;
				await pause(lookMs);
			}
		},
		[Symbol.asyncDispose]: async () => {
			for (const device of cores) device.endEngine();
			for (const kith of kiths) await kith.stop();
		},
	};
};

const whatWaits = `SELECT (SELECT count(*) FROM outbox_entries)::int + (SELECT count(*) FROM received_pdus)::int
	+ (SELECT count(*) FROM outgoing_edus)::int AS count`;

export type CryptoWorld = Awaited<ReturnType<typeof openCryptoWorld>>;
