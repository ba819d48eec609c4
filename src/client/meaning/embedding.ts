import { bytesOf } from "../../shared/vector-index.ts";
import { askOwn } from "../own-ollama/own-link.ts";
import { knownOwnOllama } from "../own-ollama/own-settings.ts";
import { type Embedded, embedAtServer, serverModel } from "./embed-server.ts";
import { isChosen, meaningChoice } from "./meaning-choice.ts";
import { serverKey } from "./vector-record.ts";

/** What makes vectors of texts, as the person chose. */
export type Embedding =
	| { readonly kind: "own"; readonly origin: string; readonly model: string }
	| { readonly kind: "server"; readonly model: string };

/** What vectors of it are kept under: those of one say nothing to another. */
export function keyOf({ kind, model }: Embedding): string {
	return kind === "own" ? model : serverKey(model);
}

/**
 * The person's own Ollama, where they named one and chose a model for it, and never another one then; else their server's, for
 * chats that they chose for it. @param roomId undefined: any of them
 */
export async function embeddingFor(roomId: string | undefined): Promise<Embedding | undefined> {
	const own = await knownOwnOllama();
	if (own.kind === "set") {
		const { origin, embedModel } = own.settings;
		return embedModel === undefined ? undefined : { kind: "own", origin, model: embedModel };
	}
	if (own.kind !== "none" || !(roomId === undefined ? isAnyChosen() : isChosen(roomId))) return undefined;
	const model = await serverModel();
	return model === undefined ? undefined : { kind: "server", model };
}

function isAnyChosen(): boolean {
	const choice = meaningChoice.get();
	return choice?.isOn === true && choice.roomIds.length > 0;
}

/** A vector for each text. Rejects where there is none, and with the signal. */
export function embed(embedding: Embedding, embedded: Embedded): Promise<readonly Int8Array[]> {
	return embedding.kind === "own" ? embedAtOwn(embedding, embedded) : embedAtServer(embedding.model, embedded);
}

function embedAtOwn(
	{ origin, model }: Extract<Embedding, { kind: "own" }>,
	{ use, texts, signal }: Embedded,
): Promise<readonly Int8Array[]> {
	return new Promise((resolve, reject) => {
		const end = askOwn(origin, { kind: "embed", model, use, texts }, (answer) => {
			if (answer.kind === "vectors") resolve(answer.vectors.map(bytesOf));
			else reject(new Error("no vectors"));
		});
		signal.addEventListener("abort", () => {
			end();
			reject(signal.reason);
		});
	});
}
