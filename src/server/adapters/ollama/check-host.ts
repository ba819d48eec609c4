import type { Ollama } from "ollama";
import * as z from "zod";
import type { HostCheck } from "../../assistant/public.ts";
import { taggedName } from "./model-name.ts";

const shownModel = z.object({
	capabilities: z.array(z.string()).default([]),
	model_info: z.record(z.string(), z.unknown()).default({}),
	/** Set where the model runs on somebody else's machines. */
	remote_host: z.string().optional(),
	remote_model: z.string().optional(),
});
const listedModels = z.object({ models: z.array(z.object({ name: z.string() })).max(10_000) });

/** What it takes to know whether a host can do its work. */
export interface CheckedModels {
	readonly chatModel: string;
	readonly embedModel: string;
	readonly contextTokens: number;
}

/** Asks an Ollama for its version, its models and what the chat model can do. Throws RunFailed where it cannot be asked. */
export const checkHost = async (client: Ollama, wanted: CheckedModels): Promise<HostCheck> => {
	const { version } = await client.version();
	const names = new Set(listedModels.parse(await client.list()).models.map(({ name }) => taggedName(name)));
	const hasChat = names.has(taggedName(wanted.chatModel));
	const hasEmbed = names.has(taggedName(wanted.embedModel));
	const found = { version: String(version).slice(0, 40), hasChat, hasEmbed };
	if (!hasChat) return { ...found, state: "no-model" };
	const shown = shownModel.parse(await client.show({ model: wanted.chatModel }));
	if (isElsewhere(shown)) return { ...found, state: "no-model", hasChat: false };
	return { ...found, state: canChat(shown, wanted.contextTokens) ? "ready" : "model-too-small" };
};

const isElsewhere = (shown: z.output<typeof shownModel>): boolean =>
	(shown.remote_host ?? "") !== "" || (shown.remote_model ?? "") !== "";

const canChat = (shown: z.output<typeof shownModel>, contextTokens: number): boolean => {
	const length = Object.entries(shown.model_info).find(([key]) => key.endsWith(".context_length"))?.[1];
	return shown.capabilities.includes("completion") && (typeof length !== "number" || length >= contextTokens);
};
