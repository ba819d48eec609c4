export type { ModelPrompt, ModelUsage } from "../../shared/assistant/model-prompt.ts";
export { RunFailed } from "../../shared/assistant/run-failed.ts";
export { type BotAreas, type BotRoom, type BotStore, EngineSuperseded, type StoredBot } from "./bot/bot-ports.ts";
export { type Bot, type BotOptions, createBot } from "./bot/create-bot.ts";
export type { LoadedRecord } from "./bot/indexed-db/open-factory.ts";
export type { KeptChange } from "./bot/indexed-db/record-keeper.ts";
export { keyFor } from "./bot/seal.ts";
export { createWork } from "./bot/work/create-work.ts";
export { type Assistant, createAssistant } from "./create-assistant.ts";
export type { DocPassage } from "./doc-synthesizer.ts";
export { passagesOf } from "./docs/doc-passages.ts";
export type {
	Clock,
	HostCheck,
	ModelHost,
	ModelHosts,
	RunRecord,
	RunRecords,
} from "./ports.ts";
