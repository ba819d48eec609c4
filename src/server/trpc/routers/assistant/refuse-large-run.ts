import { AppError } from "../../../../shared/app-error.ts";
import { maxRunCharacters, maxRunMessages } from "../../../../shared/wire/assistant-limits.ts";

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
