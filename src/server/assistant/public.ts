export type { ModelPrompt, ModelUsage } from "../../shared/assistant/model-prompt.ts";
export { RunFailed } from "../../shared/assistant/run-failed.ts";
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
