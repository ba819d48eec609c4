import type { AnsweringStore } from "./ports.ts";

/** Events as they are stored, some at a time: `{…},{…}`. */
export async function* textsOf(
	store: Pick<AnsweringStore, "textsOf">,
	nids: readonly number[],
): AsyncGenerator<string> {
	for (let start = 0; start < nids.length; start += eventsInPiece) {
		const texts = await store.textsOf(nids.slice(start, start + eventsInPiece));
		if (texts.length > 0) yield texts.join(",");
	}
}

/** So many events are held at a time. */
const eventsInPiece = 250;

/**
 * `{"pdus":[…],"auth_chain":[…]}` from the events as they are stored: never parsed, and never held whole, as the state of
 * a large room is tens of megabytes.
 */
export async function* textsInPieces(
	store: Pick<AnsweringStore, "textsOf">,
	lists: readonly (readonly [name: string, nids: readonly number[]])[],
): AsyncGenerator<string> {
	for (const [at, [name, nids]] of lists.entries()) {
		let before = `${at === 0 ? "{" : ","}${JSON.stringify(name)}:[`;
		for await (const text of textsOf(store, nids)) {
			yield `${before}${text}`;
			before = ",";
		}
		yield before === "," ? "]" : `${before}]`;
	}
	yield "}";
}
