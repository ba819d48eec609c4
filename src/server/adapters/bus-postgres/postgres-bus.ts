import type pg from "pg";
import * as z from "zod";
import type { Log } from "../../../shared/log.ts";
import type { Bus, Poke } from "../../stream/public.ts";
import type { Notifications } from "./notifications.ts";
import { createWaitingPokes } from "./waiting-pokes.ts";

const channel = "kith_stream";
/** A notification holds at most 8,000 bytes, and an id at most 255. */
const maxUserIdsPerPoke = 20;
const maxChangesPerPoke = 12;
const maxRoomsPerPoke = 500;
const maxDevicesPerPoke = 12;
const retryMs = 250;

const typingChange = z.object({
	roomNid: z.int(),
	roomId: z.string(),
	userId: z.string(),
	isTyping: z.boolean(),
	isRemote: z.boolean().optional(),
});

const remotePresence = z.object({
	userId: z.string(),
	isOnline: z.boolean(),
	seenAt: z
		.number()
		.optional()
		.transform((seenAt) => seenAt),
});

const joiningNews = z.object({
	userId: z.string(),
	room: z.string(),
	server: z.string(),
	stage: z.enum(["asking", "receiving", "checking"]),
	done: z.int(),
	total: z
		.int()
		.optional()
		.transform((total) => total),
});

const pokeSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("stream"), position: z.int() }),
	z.object({ kind: z.literal("acknowledged"), userIds: z.array(z.string()) }),
	z.object({ kind: z.literal("typing"), changes: z.array(typingChange) }),
	z.object({
		kind: z.literal("presence"),
		processId: z.string(),
		online: z.array(z.string()),
		offline: z.array(z.string()),
	}),
	z.object({ kind: z.literal("remotePresence"), people: z.array(remotePresence) }),
	z.object({ kind: z.literal("joining"), news: joiningNews }),
	z.object({ kind: z.literal("delivered"), roomNids: z.array(z.int()) }),
	z.object({
		kind: z.literal("keys"),
		devices: z.array(z.object({ userId: z.string(), deviceId: z.string() })),
	}),
	z.object({ kind: z.literal("federation") }),
	z.object({ kind: z.literal("rules") }),
	z.object({ kind: z.literal("resync") }),
]);

export interface PostgresBusOptions {
	readonly notifications: Notifications;
	readonly pool: pg.Pool;
	readonly log: Log;
}

/**
 * LISTEN/NOTIFY between processes: one listening connection and one channel per process; notifications are sent after
 * the commit, never inside the transaction, and while one is on its way the next ones are put together.
 */
export const createPostgresBus = async (options: PostgresBusOptions): Promise<Bus> => {
	const listeners = new Set<(poke: Poke) => void>();
	const emit = (poke: Poke): void => {
		for (const listener of listeners) listener(poke);
	};
	options.notifications.onReconnect(() => emit({ kind: "resync" }));
	await options.notifications.listen(channel, (payload) => {
		const poke = pokeSchema.safeParse(parse(payload));
		if (poke.success) emit(poke.data);
	});
	const publisher = createPublisher(options);
	return {
		publish: publisher.publish,
		subscribe: (listener) => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		isConnected: options.notifications.isConnected,
		close: async () => {
			publisher.close();
			listeners.clear();
		},
	};
};

const createPublisher = ({ pool, log }: PostgresBusOptions): { readonly publish: Bus["publish"]; close(): void } => {
	const waiting = createWaitingPokes();
	let isSending = false;
	let isClosed = false;
	const send = async (): Promise<void> => {
		isSending = true;
		for (let pokes = waiting.take(); pokes.length > 0; pokes = waiting.take()) {
			for (const poke of pokes) {
				try {
					await notify(pool, poke);
				} catch (error) {
					log.warn({ err: error }, "a notification was not sent");
					if (isClosed) return;
					// What is stored would else be told of only with the next thing that happens.
					waiting.add(poke);
					await new Promise((resolve) => setTimeout(resolve, retryMs));
				}
			}
		}
		isSending = false;
	};
	return {
		publish: (poke) => {
			waiting.add(poke);
			if (!isSending) void send();
		},
		close: () => {
			isClosed = true;
		},
	};
};

const notify = async (pool: pg.Pool, poke: Poke): Promise<void> => {
	for (const payload of payloadsOf(poke)) {
		await pool.query({ name: "notify", text: "SELECT pg_notify($1, $2)", values: [channel, payload] });
	}
};

const payloadsOf = (poke: Poke): readonly string[] => piecesOf(poke).map((piece) => JSON.stringify(piece));

const piecesOf = (poke: Poke): readonly Poke[] => {
	if (poke.kind === "acknowledged") {
		return cut(poke.userIds, maxUserIdsPerPoke).map((userIds) => ({ ...poke, userIds }));
	}
	if (poke.kind === "typing") return cut(poke.changes, maxChangesPerPoke).map((changes) => ({ ...poke, changes }));
	if (poke.kind === "remotePresence") return cut(poke.people, maxUserIdsPerPoke).map((people) => ({ ...poke, people }));
	if (poke.kind === "delivered") return cut(poke.roomNids, maxRoomsPerPoke).map((roomNids) => ({ ...poke, roomNids }));
	if (poke.kind === "keys") return cut(poke.devices, maxDevicesPerPoke).map((devices) => ({ ...poke, devices }));
	if (poke.kind !== "presence") return [poke];
	return [
		...cut(poke.online, maxUserIdsPerPoke).map((online) => ({ ...poke, online, offline: [] })),
		...cut(poke.offline, maxUserIdsPerPoke).map((offline) => ({ ...poke, online: [], offline })),
	];
};

const cut = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
	Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

const parse = (payload: string): unknown => {
	try {
		return JSON.parse(payload);
	} catch {
		return undefined;
	}
};
