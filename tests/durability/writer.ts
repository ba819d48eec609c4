import { setTimeout as delay } from "node:timers/promises";
import { sentOutput } from "../../src/shared/wire/message-calls.ts";
import type { ApiCaller } from "../server-process/api-caller.ts";
import { ApiError, ConnectionLost } from "../server-process/api-error.ts";

export interface WriterOptions {
	readonly name: string;
	readonly roomId: string;
	/** Between two messages; absent: none. */
	readonly pauseMs?: number;
	/** Opens a connection; asked again whenever one is lost. */
	readonly connect: () => Promise<ApiCaller>;
}

/** Somebody who writes `name.0`, `name.1`, … one after the other, each again and again until it is acknowledged. */
export interface Writer {
	readonly name: string;
	/** The ids of the acknowledged messages, in the order in which they were written. */
	readonly acknowledged: readonly string[];
	/** How often a message had to be sent again. */
	readonly retries: number;
	/** Lets the message under way be acknowledged; rejects when an answer was neither an acknowledgement nor a reason to retry. */
	stop(): Promise<void>;
}

const retryPauseMs = 25;

/** What the number-th message of a writer says; also its transaction id, the same at every attempt. */
export const bodyOf = (name: string, number: number): string => `${name}.${number}`;

export function startWriter(options: WriterOptions): Writer {
	const acknowledged: string[] = [];
	let retries = 0;
	let isStopping = false;
	let caller: ApiCaller | undefined;
	const attempt = async (text: string): Promise<string | undefined> => {
		try {
			caller ??= await options.connect();
			const input = { roomId: options.roomId, transactionId: text, body: text };
			return sentOutput.parse(await caller.mutate("messages.send", input)).eventId;
		} catch (error) {
			if (!isTransient(error)) throw error;
			if (error instanceof ConnectionLost) {
				caller?.close();
				caller = undefined;
			}
			retries += 1;
			await delay(retryPauseMs);
			return undefined;
		}
	};
	const write = async (): Promise<void> => {
		while (!isStopping) {
			const text = bodyOf(options.name, acknowledged.length);
			let eventId = await attempt(text);
			while (eventId === undefined) eventId = await attempt(text);
			acknowledged.push(eventId);
			if (options.pauseMs !== undefined) await delay(options.pauseMs);
		}
		caller?.close();
	};
	const written = write();
	// Whoever stops the writer is told; until then nobody listens.
	written.catch(() => undefined);
	return {
		name: options.name,
		acknowledged,
		get retries() {
			return retries;
		},
		stop: () => {
			isStopping = true;
			return written;
		},
	};
}

/** A retry under the same transaction id is right after these alone. */
const isTransient = (error: unknown): boolean =>
	error instanceof ConnectionLost || (error instanceof ApiError && error.code === "unavailable");
