import pg from "pg";
import { z } from "zod";
import type { Log } from "../../../shared/log.ts";
import { createWaitingPokes } from "../../stream/merge-pokes.ts";
import type { Bus, Poke } from "../../stream/ports.ts";

const channel = "kith_stream";
/** A notification holds at most 8,000 bytes. */
const maxUserIdsPerPoke = 25;
const longestRetryMs = 5_000;

const pokeSchema = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("stream"), position: z.int() }),
	z.object({ kind: z.literal("acknowledged"), userIds: z.array(z.string()) }),
	z.object({ kind: z.literal("resync") }),
]);

export interface PostgresBusOptions {
	readonly connectionString: string;
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
	const listening = listen(options, emit);
	await listening.first;
	const publish = createPublisher(options);
	return {
		publish,
		subscribe: (listener) => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		isConnected: listening.isConnected,
		close: async () => {
			listeners.clear();
			await listening.close();
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

interface Listening {
	readonly first: Promise<void>;
	isConnected(): boolean;
	close(): Promise<void>;
}

/** Keeps one connection listening, and says `resync` whenever it had to be made again. */
const listen = (options: PostgresBusOptions, emit: (poke: Poke) => void): Listening => {
	let client: pg.Client | undefined;
	let isClosed = false;
	let retryMs = 100;
	let timer: NodeJS.Timeout | undefined;
	const connect = async (): Promise<void> => {
		const fresh = new pg.Client({ connectionString: options.connectionString, application_name: "kith-bus" });
		fresh.on("notification", ({ payload }) => {
			const poke = pokeSchema.safeParse(parse(payload ?? ""));
			if (poke.success) emit(poke.data);
		});
		fresh.on("error", () => undefined);
		fresh.on("end", () => {
			if (client === fresh) client = undefined;
			reconnect();
		});
		await fresh.connect();
		await fresh.query(`LISTEN ${channel}`);
		client = fresh;
		retryMs = 100;
	};
	const reconnect = (): void => {
		if (isClosed || timer !== undefined) return;
		timer = setTimeout(() => {
			timer = undefined;
			connect().then(
				() => emit({ kind: "resync" }),
				() => reconnect(),
			);
		}, retryMs);
		retryMs = Math.min(retryMs * 2, longestRetryMs);
	};
	return {
		first: connect(),
		isConnected: () => client !== undefined,
		close: async () => {
			isClosed = true;
			clearTimeout(timer);
			await client?.end();
		},
	};
};

const parse = (payload: string): unknown => {
	try {
		return JSON.parse(payload);
	} catch {
		return undefined;
	}
};
