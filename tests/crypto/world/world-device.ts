import { randomUUID } from "node:crypto";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { Viewer } from "../../../src/server/accounts/public.ts";
import type { WireEvent } from "../../../src/shared/wire/event.ts";
import type { WireDeviceNews } from "../../../src/shared/wire/sync.ts";
import { signIn } from "../../setup/test-keys.ts";
import type { CryptoClient, CryptoServer } from "../crypto-client.ts";
import { createEngine, type Engine } from "../engine-client.ts";
import { createLibolmClient, type LibolmClient } from "../libolm-client/libolm-client.ts";
import { callerOf, procedureServer } from "../procedure-server.ts";
import { type CoreWorldClient, createCoreClient } from "./core-client.ts";
import type { CryptoKith } from "./crypto-kith.ts";

export interface DeviceOptions {
	readonly kith: CryptoKith;
	readonly userId: UserId;
	readonly deviceId: string;
	/** Given: it is signed in already. */
	readonly viewer?: Viewer;
	/** What stands between the device and its server. */
	readonly between?: (server: CryptoServer) => CryptoServer;
}

/** An event as a server hands it out, in its room. */
export type EncryptedEvent = Pick<WireEvent, "eventId" | "sender" | "content"> & { readonly roomId: string };

/** Where in the stream a part of the news is. */
interface Place {
	readonly position: number;
	readonly isStart: boolean;
}

/** A full part of what is for a device: more follows it. */
const partSize = 100;

/** What every device does, whatever its crypto is made of. */
const openDevice = async <Client extends CryptoClient>(
	kind: "engine" | "core" | "libolm",
	{ kith, userId, deviceId, between = (server) => server, ...known }: DeviceOptions,
	create: (server: CryptoServer) => Client | Promise<Client>,
) => {
	const viewer = known.viewer ?? (await signIn(kith.kith.now().database, userId, deviceId)).viewer;
	const call = callerOf(kith.host, viewer);
	const server = procedureServer(call);
	const client = await create(between(server));
	let token: number | undefined;
	let acknowledged: number | undefined;
	const subscribe = (since: number | undefined, signal: AbortSignal) => {
		const { sessionId } = viewer;
		const window = { windowSize: 1, timelineLimit: 1 };
		const from = { since, toDevicePosition: acknowledged };
		return kith.host.stream.subscribe({ userId, sessionId, deviceId, ...window, ...from, signal });
	};
	/** Done when the process has read the stream up to there. */
	const reach = async (position: number): Promise<void> => {
		const stopping = new AbortController();
		for await (const _ of kith.host.stream.subscribe({
			...{ userId, sessionId: viewer.sessionId, since: position, windowSize: 1, timelineLimit: 1 },
			signal: stopping.signal,
		})) {
			break;
		}
		stopping.abort();
	};
	/** Hands out everything that is for the device by now, in its parts. */
	const follow = async (take: (news: WireDeviceNews, at: Place) => Promise<void>): Promise<void> => {
		const head = await kith.head();
		await reach(head);
		const stopping = new AbortController();
		for await (const { position, item } of subscribe(token, stopping.signal)) {
			if (item.kind === "ephemeral" || item.keys === undefined) continue;
			await take(item.keys, { position, isStart: item.kind === "start" });
			if (position >= head && item.keys.toDevice.length < partSize) break;
		}
		stopping.abort();
	};
	/** Takes in everything that is for the device by now, as its client does. */
	const sync = async (): Promise<readonly WireDeviceNews[]> => {
		const parts: WireDeviceNews[] = [];
		await follow(async (news, { position, isStart }) => {
			parts.push(news);
			// A start says nothing of what changed before it.
			if (isStart) await client.doubtLists();
			await client.receive(news);
			acknowledged = Number(news.toDevicePosition ?? acknowledged ?? 0);
			token = position;
		});
		await call.toDevice.acknowledge({ position: String(acknowledged ?? 0) });
		return parts;
	};
	/** The same without taking it in: it is there again the next time. */
	const look = async (): Promise<readonly WireDeviceNews[]> => {
		const parts: WireDeviceNews[] = [];
		await follow(async (news) => void parts.push(news));
		return parts;
	};
	/** Who is to read what is said in a room: those who are in it, and who were asked to come. */
	const readersOf = async (roomId: string): Promise<readonly string[]> => {
		const { items } = await call.rooms.members({ roomId, limit: 100 });
		const isReader = ({ membership }: { readonly membership: string }) =>
			membership === "join" || membership === "invite";
		return items.filter(isReader).map((member) => member.userId);
	};
	const eventsOf = async (roomId: string): Promise<readonly EncryptedEvent[]> => {
		const events: WireEvent[] = [];
		let cursor: string | undefined;
		do {
			const page = await call.messages.page({ roomId, direction: "backwards", limit: 200, cursor });
			events.unshift(...page.items);
			cursor = page.nextCursor;
		} while (cursor !== undefined);
		return events.filter(({ type }) => type === "m.room.encrypted").map((event) => ({ ...event, roomId }));
	};
	/** Its words; throws with the reason where they can't be read. */
	const open = async (event: EncryptedEvent): Promise<string> => {
		await client.track([event.sender]);
		return client.decrypt(event.roomId, event.sender, JSON.stringify(event.content));
	};
	const read = (event: EncryptedEvent): Promise<string | undefined> => open(event).catch(() => undefined);
	return {
		...{ ...client, kind, userId, deviceId, viewer, call, sync, look, readersOf, eventsOf, open, read },
		/** Says something in an encrypted room, and what the server made of it. */
		say: async (roomId: string, body: string): Promise<string> => {
			const content = JSON.parse(await client.encrypt(roomId, await readersOf(roomId), body));
			const { eventId } = await call.messages.sendEncrypted({ roomId, transactionId: randomUUID(), content });
			return eventId;
		},
		/** What the device reads of a room, oldest first; undefined: what it can't. */
		reads: async (roomId: string): Promise<readonly (string | undefined)[]> => {
			const bodies: (string | undefined)[] = [];
			for (const event of await eventsOf(roomId)) bodies.push(await read(event));
			return bodies;
		},
	};
};

export const openEngineDevice = (options: DeviceOptions) =>
	openDevice<Engine>("engine", options, (server) => createEngine(options, server));
/** The engine as the worker runs it. */
export const openCoreDevice = (options: DeviceOptions) =>
	openDevice<CoreWorldClient>("core", options, (server) => createCoreClient(options, server));
export const openLibolmDevice = (options: DeviceOptions) =>
	openDevice<LibolmClient>("libolm", options, (server) => createLibolmClient(options, server));

export type EngineDevice = Awaited<ReturnType<typeof openEngineDevice>>;
export type CoreDevice = Awaited<ReturnType<typeof openCoreDevice>>;
export type LibolmDevice = Awaited<ReturnType<typeof openLibolmDevice>>;
/** A device of any of them. */
export type WorldDevice = EngineDevice | CoreDevice | LibolmDevice;
