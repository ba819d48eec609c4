import { type AccountDatabase, recordSealOf } from "../storage/account-database.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { openRecords } from "../storage/record-seal.ts";
import type { KeptVectors } from "./vector-record.ts";

/** A message by its meaning. */
export interface MessageVector {
	readonly eventId: string;
	/** Of the text that it was made of: another one is another meaning. */
	readonly print: number;
	readonly vector: Int8Array;
}

export interface RoomVectors {
	readonly roomId: string;
	readonly vectors: readonly MessageVector[];
}

/** Grows with each time that some are let go of: what was on its way to be kept then is not kept. */
let forgotten = 0;

/** So many are kept in all: the oldest go first. */
const mostKept = 20_000;

/** What is kept under a model; of others nothing stays. */
export async function readVectors(model: string): Promise<readonly RoomVectors[]> {
	const database = await accountDatabase();
	if (database === undefined) return [];
	const chunks = await allChunks(database);
	const own = chunks.filter((chunk) => chunk.model === model).sort((one, other) => other.madeAt - one.madeAt);
	let left = mostKept;
	const kept = own.filter(({ messages }) => {
		left -= messages.length;
		return left >= 0;
	});
	const keptIds = new Set(kept.map(({ chunkId }) => chunkId));
	await Promise.all(
		chunks.filter(({ chunkId }) => !keptIds.has(chunkId)).map(({ chunkId }) => database.delete("vectors", chunkId)),
	);
	// What was made later takes the place of what was made before.
	return kept.toReversed().map(({ roomId, ...chunk }) => ({ roomId, vectors: vectorsIn(chunk) }));
}

/** Keeps some more. Where the browser keeps nothing they last as long as the page. */
export async function keepVectors(roomId: string, model: string, vectors: readonly MessageVector[]): Promise<void> {
	const begun = forgotten;
	const database = await accountDatabase();
	if (database === undefined) return;
	const record: KeptVectors = {
		...{ chunkId: crypto.randomUUID(), roomId, model, madeAt: Date.now(), width: vectors[0]?.vector.length ?? 0 },
		messages: vectors.map(({ eventId, print }) => [eventId, print]),
		bytes: base64Of(vectors.map(({ vector }) => vector)),
	};
	const sealed = await (await recordSealOf(database)).seal(record, "chunkId");
	if (begun === forgotten) await database.put("vectors", sealed);
}

/** Lets go of all of them, or of some. */
export async function forgetVectors(isGone?: (kept: KeptVectors) => boolean): Promise<void> {
	forgotten += 1;
	const database = await accountDatabase();
	if (database === undefined) return;
	if (isGone === undefined) return database.clear("vectors");
	const gone = (await allChunks(database)).filter(isGone);
	await Promise.all(gone.map(({ chunkId }) => database.delete("vectors", chunkId)));
}

async function allChunks(database: AccountDatabase): Promise<readonly KeptVectors[]> {
	return openRecords<KeptVectors, "chunkId">(await recordSealOf(database), await database.getAll("vectors"));
}

function vectorsIn({ messages, width, bytes }: Pick<KeptVectors, "messages" | "width" | "bytes">): MessageVector[] {
	const all = Int8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
	return messages.map(([eventId, print], place) => ({
		...{ eventId, print, vector: all.slice(place * width, (place + 1) * width) },
	}));
}

function base64Of(vectors: readonly Int8Array[]): string {
	return btoa(vectors.flatMap((vector) => Array.from(vector, (byte) => String.fromCharCode(byte & 255))).join(""));
}
