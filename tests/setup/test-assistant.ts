import type { RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import { createOllamaHosts } from "../../src/server/adapters/ollama/ollama-hosts.ts";
import { type Assistant, createAssistant, type DocPassage, type RunRecord } from "../../src/server/assistant/public.ts";
import type { Log } from "../../src/shared/log.ts";
import type {
	StartRunInput,
	WireAssistantMessage,
	WireAssistantPolicy,
	WireRunEvent,
} from "../../src/shared/wire/assistant.ts";
import { type OllamaScript, type ScriptedOllama, startScriptedOllama } from "./scripted-ollama.ts";

export const ann = "@ann:kith.example" as UserId;
export const ben = "@ben:kith.example" as UserId;
export const garden = "!garden:kith.example" as RoomId;

/** A chat of two: who writes even ones is Ann, who asks. */
export const chatOf = (bodies: readonly string[]): WireAssistantMessage[] =>
	bodies.map((body, index) => ({
		eventId: `$event${index}`,
		sender: index % 2 === 0 ? "Ann" : "Ben",
		at: 1_700_000_000_000 + index * 60_000,
		body,
		isOwn: index % 2 === 0,
	}));

export interface TestAssistantOptions {
	readonly script?: OllamaScript;
	readonly hostCount?: number;
	readonly policy?: WireAssistantPolicy;
	readonly contextTokens?: number;
	readonly passages?: readonly DocPassage[];
	readonly times?: Parameters<typeof createAssistant>[0]["times"];
}

export interface TestAssistant extends AsyncDisposable {
	readonly assistant: Assistant;
	readonly ollamas: readonly ScriptedOllama[];
	readonly records: RunRecord[];
	readonly logLines: string[];
	/** Starts a run of Ann in the garden, and reads it to its end. */
	run(input: StartRunInput): Promise<WireRunEvent[]>;
	/** Reads a run of Ann to its end. */
	read(runId: string, after?: number): Promise<WireRunEvent[]>;
}

/** The assistant over scripted Ollamas, with LlamaIndex and real HTTP between. */
export const createTestAssistant = async (options: TestAssistantOptions = {}): Promise<TestAssistant> => {
	const { script = {}, hostCount = 1, policy = "personal", contextTokens = 4096 } = options;
	const ollamas = await Promise.all(Array.from({ length: hostCount }, () => startScriptedOllama(script)));
	const records: RunRecord[] = [];
	const logLines: string[] = [];
	const assistant = createAssistant({
		hosts: createOllamaHosts({
			...{ urls: ollamas.map(({ url }) => url), chatModel: "chat:1b", embedModel: "embed", contextTokens, clock: Date },
		}),
		records: {
			add: async (record) => void records.push(record),
			forgetBefore: async () => undefined,
		},
		policyOf: async () => ({ policy }),
		readPassages: async () => options.passages ?? [],
		...{ clock: Date, log: recordingLog(logLines), key: Buffer.from("test key"), serverName: "kith.example" },
		...(options.times === undefined ? {} : { times: options.times }),
	});
	const read = async (runId: string, after = 0): Promise<WireRunEvent[]> => {
		const events: WireRunEvent[] = [];
		const { signal } = new AbortController();
		for await (const { event } of assistant.follow(ann, runId, { after, signal })) events.push(event);
		return events;
	};
	return {
		...{ assistant, ollamas, records, logLines, read },
		run: async (input) => read((await assistant.start(ann, input, "roomId" in input ? garden : undefined)).runId),
		[Symbol.asyncDispose]: async () => {
			await assistant.close();
			for (const ollama of ollamas) await ollama[Symbol.asyncDispose]();
		},
	};
};

const recordingLog = (lines: string[]): Log => {
	const write = (fields: unknown, message: string): void => {
		lines.push(`${message} ${JSON.stringify(fields)}`);
	};
	return { debug: write, info: write, warn: write, error: write };
};
