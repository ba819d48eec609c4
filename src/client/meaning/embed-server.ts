import type { EmbedUse } from "../../shared/ollama/embed-call.ts";
import { onOtherPerson } from "../assistant/on-other-person.ts";
import { newTransactionId } from "../outbox/transaction-id.ts";
import { api } from "../trpc/trpc.ts";

export interface Embedded {
	readonly use: EmbedUse;
	/** Of documents: whose messages they are. */
	readonly roomId?: string;
	readonly texts: readonly string[];
	readonly signal: AbortSignal;
}

let known: Promise<string | undefined> | undefined;

const forget = (): void => {
	known = undefined;
};
onOtherPerson(forget);

/** The model with which the person's server makes vectors; undefined: it makes none. */
export function serverModel(): Promise<string | undefined> {
	known ??= api.assistant.status.query().then(({ embedModel }) => {
		// An Ollama that does not answer now may have it later.
		if (embedModel === undefined) forget();
		return embedModel;
	});
	known.catch(forget);
	return known;
}

/** Has the person's server make vectors of texts, which it keeps nothing of. Rejects where it makes none, and with the signal. */
export async function embedAtServer(
	model: string,
	{ use, roomId = "", texts, signal }: Embedded,
): Promise<readonly Int8Array[]> {
	signal.throwIfAborted();
	const batchId = newTransactionId();
	const asked = { batchId, texts: [...texts] };
	const answer = await untilAborted(
		api.assistant.embed.mutate(use === "question" ? { use, ...asked } : { use, roomId, ...asked }),
		signal,
		() => void api.assistant.cancelEmbed.mutate({ batchId }).catch(() => undefined),
	);
	if (answer.kind === "failed") throw new Error(answer.reason);
	if (answer.model !== model || answer.vectors.length !== texts.length) {
		// The owner chose another model meanwhile.
		forget();
		throw new Error("vectors of another model");
	}
	return answer.vectors.map(vectorOf);
}

function untilAborted<T>(answer: Promise<T>, signal: AbortSignal, onAbort: () => void): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = (): void => {
			onAbort();
			reject(signal.reason);
		};
		signal.addEventListener("abort", abort, { once: true });
		answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
	});
}

function vectorOf(bytes: string): Int8Array {
	return Int8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
}
