import { observable } from "../store/observable.ts";

/** The Ollama of the person's own, as they chose it on this device. */
export interface OwnSettings {
	/** As `nearAddress` reads it. */
	readonly origin: string;
	readonly chatModel: string;
	/** Absent: there is none, and messages are found by words alone. */
	readonly embedModel?: string;
	/** What a prompt and its answer may have together, in tokens. */
	readonly contextTokens: number;
	/** Of the marks around data: nobody who writes in a chat knows it. */
	readonly secret: string;
}

export type OwnOllama =
	/** `unread`: what is kept was not looked at yet. `broken`: something is kept, and does not open. */
	{ readonly kind: "unread" | "none" | "broken" } | { readonly kind: "set"; readonly settings: OwnSettings };

/** In every window the same; what keeps it is `keep-own-ollama.ts`. Until it is read nothing is given to anybody. */
export const ownOllama = observable<OwnOllama>({ kind: "unread" });

/** Settles with what holds, once that is known. */
export function knownOwnOllama(): Promise<OwnOllama> {
	return new Promise((resolve) => {
		const look = (): void => {
			const known = ownOllama.get();
			if (known.kind === "unread") return;
			stop();
			resolve(known);
		};
		const stop = ownOllama.subscribe(look);
		look();
	});
}
