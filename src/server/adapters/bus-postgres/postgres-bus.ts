import type pg from "pg";
import { z } from "zod";
import type { Log } from "../../../shared/log.ts";
import type { Bus, Poke } from "../../stream/public.ts";
import type { Notifications } from "./notifications.ts";
import { createWaitingPokes } from "./waiting-pokes.ts";

const channel = "kith_stream";
/** A notification holds at most 8,000 bytes. */
const maxUserIdsPerPoke = 25;

const pokeSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("stream"), position: z.int() }),
	z.object({ kind: z.literal("acknowledged"), userIds: z.array(z.string()) }),
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
	const publish = createPublisher(options);
	return {
		publish,
		subscribe: (listener) => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		isConnected: options.notifications.isConnected,
		close: async () => {
			listeners.clear();
		},
	};
};

const createPublisher = ({ pool, log }: PostgresBusOptions): Bus["publish"] => {
	const waiting = createWaitingPokes();
	let isSending = false;
	const send = async (): Promise<void> => {
		isSending = true;
		for (let pokes = waiting.take(); pokes.length > 0; pokes = waiting.take()) {
			for (const payload of pokes.flatMap(payloadsOf)) {
				try {
					await pool.query({ name: "notify", text: "SELECT pg_notify($1, $2)", values: [channel, payload] });
				} catch (error) {
					// Whoever listens reads the database again when its own connection comes back.
					log.warn({ err: error }, "a notification was not sent");
				}
			}
		}
		isSending = false;
	};
	return (poke) => {
		waiting.add(poke);
		if (!isSending) void send();
	};
};

const payloadsOf = (poke: Poke): readonly string[] => {
	if (poke.kind !== "acknowledged") return [JSON.stringify(poke)];
	const payloads: string[] = [];
	for (let at = 0; at < poke.userIds.length; at += maxUserIdsPerPoke) {
		payloads.push(JSON.stringify({ ...poke, userIds: poke.userIds.slice(at, at + maxUserIdsPerPoke) }));
	}
	return payloads;
};

const parse = (payload: string): unknown => {
	try {
		return JSON.parse(payload);
	} catch {
		return undefined;
	}
};
