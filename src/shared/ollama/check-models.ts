import * as z from "zod";
import { isCloudName, taggedName } from "./model-name.ts";

const shownModel = z.object({
	capabilities: z.array(z.string()).default([]),
	model_info: z.record(z.string(), z.unknown()).default({}),
	/** Set where the model runs on somebody else's machines. */
	remote_host: z.string().optional(),
	remote_model: z.string().optional(),
});
const listedModels = z.object({ models: z.array(z.object({ name: z.string().max(300) })).max(10_000) });

/** What can be asked of an Ollama about itself. Each rejects with RunFailed. */
export interface ModelAsker {
	/** Such as `0.24.0`. */
	version(): Promise<unknown>;
	/** As `/api/tags` answers. */
	list(): Promise<unknown>;
	/** As `/api/show` answers. */
	show(model: string): Promise<unknown>;
}

/** What it takes to know whether an Ollama can do its work. */
export interface WantedModels {
	readonly chatModel: string;
	readonly embedModel: string;
	readonly contextTokens: number;
}

export interface CheckedModels {
	readonly state: "ready" | "no-model" | "model-too-small";
	readonly version: string;
	readonly hasChat: boolean;
	readonly hasEmbed: boolean;
}

/** Asks an Ollama for its version, its models and what the chat model can do. Throws RunFailed where it cannot be asked. */
export const checkModels = async (asker: ModelAsker, wanted: WantedModels): Promise<CheckedModels> => {
	const version = versionOf(await asker.version());
	const names = new Set(listedModels.parse(await asker.list()).models.map(({ name }) => taggedName(name)));
	const hasChat = names.has(taggedName(wanted.chatModel));
	const hasEmbed = names.has(taggedName(wanted.embedModel));
	const found = { version, hasChat, hasEmbed };
	if (!hasChat) return { ...found, state: "no-model" };
	const shown = shownModel.parse(await asker.show(wanted.chatModel));
	if (isElsewhere(shown)) return { ...found, state: "no-model", hasChat: false };
	return { ...found, state: canChat(shown, wanted.contextTokens) ? "ready" : "model-too-small" };
};

/** A model as it is chosen from. */
export interface KnownModel {
	readonly name: string;
	readonly canChat: boolean;
	readonly canEmbed: boolean;
	/** What it can read and write at once; undefined: it does not say. */
	readonly contextTokens: number | undefined;
}

/** So many models are looked at. */
const mostListed = 40;

/** The models that run on this Ollama itself, of all or of some, and what each can do. Throws as `checkModels` does. */
export const listModels = async (asker: ModelAsker, only?: readonly string[]): Promise<readonly KnownModel[]> => {
	const names = listedModels.parse(await asker.list()).models.map(({ name }) => name);
	const known: KnownModel[] = [];
	const looked = names.filter((one) => !isCloudName(one) && (only === undefined || only.includes(one)));
	for (const name of looked.slice(0, mostListed)) {
		const shown = shownModel.safeParse(await asker.show(name)).data;
		if (shown === undefined || isElsewhere(shown)) continue;
		known.push({
			name,
			canChat: shown.capabilities.includes("completion"),
			canEmbed: shown.capabilities.includes("embedding"),
			contextTokens: contextLengthOf(shown),
		});
	}
	return known;
};

export const versionOf = (version: unknown): string => String(version).slice(0, 40);

const isElsewhere = (shown: z.output<typeof shownModel>): boolean =>
	(shown.remote_host ?? "") !== "" || (shown.remote_model ?? "") !== "";

const canChat = (shown: z.output<typeof shownModel>, contextTokens: number): boolean => {
	const length = contextLengthOf(shown);
	return shown.capabilities.includes("completion") && (length === undefined || length >= contextTokens);
};

const contextLengthOf = ({ model_info }: z.output<typeof shownModel>): number | undefined => {
	const length = Object.entries(model_info).find(([key]) => key.endsWith(".context_length"))?.[1];
	return typeof length === "number" && Number.isInteger(length) && length > 0 ? length : undefined;
};
