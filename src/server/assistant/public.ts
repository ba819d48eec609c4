export { type Assistant, createAssistant } from "./create-assistant.ts";
export { passagesOf } from "./docs/doc-passages.ts";
export type {
	Clock,
	HostCheck,
	ModelHost,
	ModelHosts,
	ModelPrompt,
	ModelUsage,
	RunRecord,
	RunRecords,
} from "./ports.ts";
export { RunFailed } from "./run-failed.ts";
export type { DocPassage } from "./synthesizer.ts";
