import { printOf } from "../../shared/print-of.ts";
import { bytesOf } from "../../shared/vector-index.ts";
import { onOtherPerson } from "../assistant/on-other-person.ts";
import type { PickedMessage } from "../assistant/pick-messages.ts";
import { searchedIn } from "../assistant/question-words.ts";
import { ownOllama } from "../own-ollama/own-settings.ts";
import { askSearch, closeSearch, searchAge } from "../search/search-link.ts";
import { type Embedding, embedOwn, ownEmbedding } from "./embed-own.ts";
import { keepVectors, type MessageVector, readVectors } from "./kept-vectors.ts";
import { meaning } from "./meaning-state.ts";
import { createPartReader } from "./part-reader.ts";

/** So many at a time: a small machine answers within a second or two, and can be stopped. */
const batch = 16;
/** What is longer says what it is about before. */
const longest = 2_000;
/** Whoever asks does not wait longer for their question to be understood. */
const questionMs = 5_000;

/** By event, the text that was read. */
let prints = new Map<string, number>();
let readFor: { readonly key: string; readonly whenRead: Promise<void> } | undefined;
const reader = createPartReader(batch);

const forget = (): void => {
	reader.stop();
	prints = new Map();
	readFor = undefined;
	// Vectors of one model say nothing to another.
	closeSearch();
	meaning.set(() => undefined);
};
onOtherPerson(forget);
ownOllama.subscribe(forget);

/** Has the person's own Ollama read messages for their meaning, the newest first, as far as that is not done. */
export async function readMeaning(roomId: string, picked: readonly PickedMessage[]): Promise<void> {
	const embedding = ownEmbedding();
	if (embedding === undefined) return;
	const total = picked.length;
	const before = meaning.get();
	const wasDone = before?.roomId === roomId && before.kind === "done";
	await reader.read<PickedMessage>({
		missing: async () => {
			await whenKept(embedding);
			return picked.filter((one) => prints.get(one.message.eventId) !== printOf(textOf(one))).toReversed();
		},
		read: (part, signal) => readPart({ roomId, part, embedding, signal }),
		tell: (kind, left) => {
			// A few new ones are no news.
			if (kind === "reading" && wasDone && left <= batch) return;
			meaning.set(() => ({ roomId, kind, done: total - left, total }));
		},
	});
}

/** Stops; what was read stays read. */
export function pauseMeaning(): void {
	reader.stop();
	meaning.set((state) => state && { ...state, kind: "paused" });
}

/** What a question means; undefined where nobody can say, or not soon. */
export async function meaningOf(question: string): Promise<Int8Array | undefined> {
	const embedding = ownEmbedding();
	if (embedding === undefined) return undefined;
	try {
		await whenKept(embedding);
		const [vector] = await embedOwn(embedding, {
			...{ use: "question", texts: [question], signal: AbortSignal.timeout(questionMs) },
		});
		return vector && bytesOf(vector);
	} catch {
		return undefined;
	}
}

interface Part {
	readonly roomId: string;
	readonly part: readonly PickedMessage[];
	readonly embedding: Embedding;
	readonly signal: AbortSignal;
}

async function readPart({ roomId, part, embedding, signal }: Part): Promise<void> {
	const texts = part.map(textOf);
	const vectors = await embedOwn(embedding, { use: "document", texts, signal });
	signal.throwIfAborted();
	const made = part.map(({ message }, place): MessageVector => {
		const print = printOf(texts[place] ?? "");
		return { eventId: message.eventId, print, vector: bytesOf(vectors[place] ?? []) };
	});
	await takeIn(roomId, made);
	// What cannot be kept holds until the page is left.
	await keepVectors(roomId, embedding.model, made).catch(() => undefined);
}

/** Once for each model: brings what is kept into the worker. */
function whenKept({ origin, model }: Embedding): Promise<void> {
	// A worker that was begun anew knows nothing any more.
	const key = `${searchAge()} ${origin} ${model}`;
	if (readFor?.key !== key) {
		prints = new Map();
		const bring = async (): Promise<void> => {
			for (const { roomId, vectors } of await readVectors(model).catch(() => [])) await takeIn(roomId, vectors);
		};
		readFor = { key, whenRead: bring() };
	}
	return readFor.whenRead;
}

async function takeIn(roomId: string, made: readonly MessageVector[]): Promise<void> {
	const vectors = made.map(({ eventId, vector }) => ({ id: eventId, vector }));
	await askSearch({ kind: "vectors", group: roomId, vectors });
	for (const { eventId, print } of made) prints.set(eventId, print);
}

function textOf(picked: PickedMessage): string {
	return searchedIn(picked).slice(0, longest);
}
