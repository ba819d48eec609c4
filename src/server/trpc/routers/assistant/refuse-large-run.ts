import { AppError } from "../../../../shared/app-error.ts";
import {
	maxEmbeddedCharacters,
	maxEmbeddedTexts,
	maxRunCharacters,
	maxRunMessages,
} from "../../../../shared/wire/assistant-limits.ts";

/** Throws `too-large` for more than a run may carry, before anything of it is looked at more closely. */
export const refuseLargeRun = (input: unknown): void => {
	if (typeof input !== "object" || input === null) return;
	let characters = 0;
	const add = (value: unknown): void => {
		if (typeof value === "string") characters += value.length;
	};
	for (const value of Object.values(input)) add(value);
	const messages: unknown = "messages" in input ? input.messages : undefined;
	if (Array.isArray(messages)) {
		if (messages.length > maxRunMessages) throw new AppError("too-large", { detail: "messages" });
		for (const message of messages) if (typeof message === "object" && message !== null) add(message.body);
	}
	if (characters > maxRunCharacters) throw new AppError("too-large", { detail: "characters" });
};

/** The same for texts whose meaning is asked for. */
export const refuseLargeBatch = (input: unknown): void => {
	const texts: unknown = typeof input === "object" && input !== null && "texts" in input ? input.texts : undefined;
	if (!Array.isArray(texts)) return;
	if (texts.length > maxEmbeddedTexts) throw new AppError("too-large", { detail: "texts" });
	if (texts.some((text) => typeof text === "string" && text.length > maxEmbeddedCharacters)) {
		throw new AppError("too-large", { detail: "characters" });
	}
};
