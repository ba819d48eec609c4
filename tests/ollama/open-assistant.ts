import { createOllamaHosts } from "../../src/server/adapters/ollama/ollama-hosts.ts";
import { type Assistant, createAssistant, type DocPassage, type RunRecord } from "../../src/server/assistant/public.ts";
import { silentLog } from "../setup/silent-log.ts";
import type { RealOllama } from "./real-ollama.ts";

/** The assistant over a real Ollama, without a server around it; what would be written down is kept in `records`. */
export const openAssistant = async (
	{ url, chatModel, embedModel }: RealOllama,
	{ contextTokens, passages = [] }: { readonly contextTokens: number; readonly passages?: readonly DocPassage[] },
): Promise<{ readonly assistant: Assistant; readonly records: readonly RunRecord[] }> => {
	const records: RunRecord[] = [];
	const assistant = createAssistant({
		hosts: createOllamaHosts({ urls: [url], chatModel, embedModel, contextTokens, clock: Date }),
		records: {
			add: async (record) => void records.push(record),
			forgetBefore: async () => undefined,
		},
		policyOf: async () => ({ policy: "personal" }),
		readPassages: async () => passages,
		...{ clock: Date, log: silentLog, key: Buffer.from("a key of a test"), serverName: "kith.example" },
	});
	return { assistant, records };
};
