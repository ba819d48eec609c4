import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import { bytesOf } from "../../../shared/vector-index.ts";
import type { EmbedInput, EmbedOutput } from "../../../shared/wire/embedding.ts";
import type { ModelHost, ModelHosts } from "../ports.ts";
import type { SpareTurns } from "./spare-turns.ts";

export interface Embeddings {
	/** Vectors of texts, which are let go of with the answer. Throws AppError `too-many-requests`. */
	make(owner: UserId, input: EmbedInput): Promise<EmbedOutput>;
	/** Ends what somebody asked for; their other batches go on. */
	cancel(owner: UserId, batchId: string): void;
	close(): void;
}

interface Batch {
	readonly owner: UserId;
	readonly batchId: string;
	readonly life: AbortController;
}

/** A page reads one batch after the other, and may have a question beside it. */
const mostOfOwner = 3;
const mostInAll = 32;
const retryAfterMs = 15_000;

/** @param mostMs so long a batch waits and takes at most: there may be many answers before it */
export const createEmbeddings = (hosts: ModelHosts, turns: SpareTurns<ModelHost>, mostMs: number): Embeddings => {
	const batches = new Set<Batch>();
	let isClosed = false;
	const enter = (owner: UserId, batchId: string): Batch => {
		const ofOwner = [...batches].filter((batch) => batch.owner === owner).length;
		if (batches.size >= mostInAll || ofOwner >= mostOfOwner) {
			throw new AppError("too-many-requests", { retryAfterMs });
		}
		const batch = { owner, batchId, life: new AbortController() };
		batches.add(batch);
		return batch;
	};
	return {
		make: async (owner, input) => {
			if (isClosed) return { kind: "failed", reason: "abandoned" };
			const batch = enter(owner, input.batchId);
			const limit = setTimeout(() => batch.life.abort(new RunFailed("timed-out")), mostMs);
			limit.unref();
			try {
				const vectors = await vectorsOf({ hosts, turns }, input, batch.life.signal);
				return { kind: "vectors", model: hosts.embedModel, vectors: vectors.map(base64Of) };
			} catch (error) {
				return { kind: "failed", reason: error instanceof RunFailed ? error.reason : "failed" };
			} finally {
				clearTimeout(limit);
				batches.delete(batch);
			}
		},
		cancel: (owner, batchId) => {
			for (const batch of batches) {
				if (batch.owner === owner && batch.batchId === batchId) batch.life.abort(new RunFailed("abandoned"));
			}
		},
		close: () => {
			isClosed = true;
			for (const { life } of batches) life.abort(new RunFailed("abandoned"));
		},
	};
};

/** Waits for a turn, and for another one where an answer came in between. Rejects with the signal's reason, or RunFailed. */
const vectorsOf = (
	{ hosts, turns }: { readonly hosts: ModelHosts; readonly turns: SpareTurns<ModelHost> },
	{ use, texts }: EmbedInput,
	signal: AbortSignal,
): Promise<readonly number[][]> =>
	new Promise((resolve, reject) => {
		const leave = turns.enter({
			isShort: use === "question",
			run: async (host, giveWay) => {
				try {
					resolve(await host.embed(texts, use, AbortSignal.any([signal, giveWay])));
				} catch (error) {
					if (giveWay.aborted && !signal.aborted) return false;
					if (error instanceof RunFailed && error.reason === "unreachable") hosts.distrust(host);
					reject(signal.aborted ? signal.reason : error);
				}
				return true;
			},
		});
		const end = (): void => {
			leave();
			reject(signal.reason);
		};
		if (signal.aborted) end();
		else signal.addEventListener("abort", end, { once: true });
	});

const base64Of = (vector: readonly number[]): string => Buffer.from(bytesOf(vector).buffer).toString("base64");
