import { printOf } from "../../shared/print-of.ts";
import { onOtherPerson } from "../assistant/on-other-person.ts";
import type { PickedMessage } from "../assistant/pick-messages.ts";
import { searchedIn } from "../assistant/question-words.ts";
import { ownOllama } from "../own-ollama/own-settings.ts";
import { policyIn } from "../own-ollama/room-policies.ts";
import { askSearch, closeSearch, searchAge } from "../search/search-link.ts";
import { failureOf } from "../trpc/errors.ts";
import { type Embedding, embed, embeddingFor, keyOf } from "./embedding.ts";
import { forgetVectors, keepVectors, type MessageVector, type RoomVectors, readVectors } from "./kept-vectors.ts";
import { isChosen, meaningChoice } from "./meaning-choice.ts";
import { meaning } from "./meaning-state.ts";
import { createPartReader } from "./part-reader.ts";
import { isFromServer } from "./vector-record.ts";

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
meaningChoice.subscribe(forget);

/** Has what the person chose for it read messages for their meaning, the newest first, as far as that is not done. */
export async function readMeaning(roomId: string, picked: readonly PickedMessage[]): Promise<void> {
	const embedding = await embeddingFor(roomId);
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

/** Lets go of what the server made of a chat: its people do not want it, or the person is not in it any more. */
export async function forgetMeaningOf(roomId: string): Promise<void> {
	if (!isChosen(roomId)) return;
	forget();
	await forgetVectors((kept) => kept.roomId === roomId && isFromServer(kept.model)).catch(() => undefined);
}

/** The same, where that is so. */
export async function forgetWhereUnwanted(roomId: string): Promise<void> {
	if (await isUnwanted(roomId).catch(() => false)) await forgetMeaningOf(roomId);
}

/** What a question means; undefined where nobody can say, or not soon. @param roomId where it is asked; undefined: of all chats */
export async function meaningOf(question: string, roomId?: string): Promise<Int8Array | undefined> {
	try {
		const embedding = await embeddingFor(roomId);
		if (embedding === undefined) return undefined;
		await whenKept(embedding);
		const [vector] = await embed(embedding, {
			...{ use: "question", texts: [question], signal: AbortSignal.timeout(questionMs) },
		});
		return vector;
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
	if (embedding.kind === "server") await requireWanted(roomId);
	const texts = part.map(textOf);
	const vectors = await embed(embedding, { use: "document", roomId, texts, signal });
	signal.throwIfAborted();
	const made = part.map(({ message }, place): MessageVector => {
		const print = printOf(texts[place] ?? "");
		return { eventId: message.eventId, print, vector: vectors[place] ?? new Int8Array() };
	});
	await takeIn(roomId, made);
	// What cannot be kept holds until the page is left.
	await keepVectors(roomId, keyOf(embedding), made).catch(() => undefined);
}

/** Nothing goes to the server where a chat's people want no assistant: what came of it goes, too. */
async function requireWanted(roomId: string): Promise<void> {
	if (await isUnwanted(roomId)) {
		await forgetMeaningOf(roomId);
		throw new Error("the assistant is off here");
	}
}

async function isUnwanted(roomId: string): Promise<boolean> {
	try {
		return (await policyIn(roomId)).policy === "off";
	} catch (error) {
		const { code } = failureOf(error);
		if (code === "not-a-member" || code === "not-found") return true;
		throw error;
	}
}

/** Once for each model: brings what is kept into the worker. */
function whenKept(embedding: Embedding): Promise<void> {
	// A worker that was begun anew knows nothing any more.
	const key = `${searchAge()} ${embedding.kind === "own" ? embedding.origin : ""} ${keyOf(embedding)}`;
	if (readFor?.key !== key) {
		prints = new Map();
		readFor = { key, whenRead: bringKept(embedding) };
	}
	return readFor.whenRead;
}

async function bringKept(embedding: Embedding): Promise<void> {
	const kept = await readVectors(keyOf(embedding)).catch(() => []);
	const gone = embedding.kind === "server" ? await forgetUnwanted(kept) : new Set<string>();
	for (const { roomId, vectors } of kept) if (!gone.has(roomId)) await takeIn(roomId, vectors);
}

/** Where an assistant is not wanted any more. What cannot be asked about stays as it is. */
async function forgetUnwanted(kept: readonly RoomVectors[]): Promise<ReadonlySet<string>> {
	const roomIds = [...new Set(kept.map(({ roomId }) => roomId))];
	const unwanted = await Promise.all(roomIds.map((roomId) => isUnwanted(roomId).catch(() => false)));
	const gone = new Set(roomIds.filter((roomId, place) => unwanted[place] === true || !isChosen(roomId)));
	if (gone.size > 0) await forgetVectors(({ roomId, model }) => gone.has(roomId) && isFromServer(model));
	return gone;
}

async function takeIn(roomId: string, made: readonly MessageVector[]): Promise<void> {
	const vectors = made.map(({ eventId, vector }) => ({ id: eventId, vector }));
	await askSearch({ kind: "vectors", group: roomId, vectors });
	for (const { eventId, print } of made) prints.set(eventId, print);
}

function textOf(picked: PickedMessage): string {
	return searchedIn(picked).slice(0, longest);
}
