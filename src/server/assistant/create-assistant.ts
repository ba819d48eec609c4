import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { createTokenCalibration } from "../../shared/assistant/budget/token-calibration.ts";
import type { Log } from "../../shared/log.ts";
import type { AssistantState, StartRunInput, WireAssistantPolicy } from "../../shared/wire/assistant.ts";
import type { EmbedInput } from "../../shared/wire/embedding.ts";
import type { DocPassage } from "./doc-synthesizer.ts";
import { createDocShelf, type DocSource } from "./docs/doc-shelf.ts";
import { createDocIndex } from "./llamaindex/doc-index.ts";
import type { Clock, ModelHosts, RunRecords } from "./ports.ts";
import { createRuns, type RunTimes } from "./runs/create-runs.ts";
import type { RunGround } from "./runs/run.ts";
import { createRunLimits } from "./runs/run-limits.ts";

export interface AssistantDependencies {
	/** Undefined: the owner has set up none. */
	readonly hosts: ModelHosts | undefined;
	readonly records: RunRecords;
	/** What holds in a room for somebody who is in it. Throws `not-found`, `not-a-member`. */
	policyOf(userId: UserId, roomId: RoomId): Promise<{ readonly policy: WireAssistantPolicy }>;
	/** Kith's own documents. */
	readPassages(): Promise<readonly DocPassage[]>;
	readonly clock: Clock;
	readonly log: Log;
	/** Known to this server alone. */
	readonly key: Uint8Array;
	/** The name of this server. */
	readonly serverName: string;
	/** Replaces how long things are waited for. */
	readonly times?: Partial<RunTimes>;
}

/** What of runs is kept how long: enough to see what happened. */
const keptDays = 90;
const dayMs = 86_400_000;
const mostLookedUp = 4;

/** Runs of the assistant: of the one person who asked, in memory, over the owner's own machines. */
export const createAssistant = (dependencies: AssistantDependencies) => {
	const { hosts, records, clock, serverName } = dependencies;
	const limits = createRunLimits(clock);
	const shelf = createDocShelf(dependencies.readPassages);
	const ground = hosts === undefined ? undefined : groundOf(dependencies, hosts, shelf.passages);
	const runs = ground === undefined ? undefined : createRuns(ground, records, dependencies.times);
	return {
		/** Whether a run can be started, and where it takes place. */
		status: async () => ({
			state: await stateOf(hosts, runs),
			host: serverName,
			model: hosts?.chatModel ?? "",
			waiting: runs?.waiting() ?? 0,
			contextTokens: hosts?.contextTokens ?? 0,
			...((await hosts?.hasEmbed()) === true && { embedModel: hosts?.embedModel }),
		}),
		/**
		 * Begins a run, or lets it wait. Throws `assistant-missing`, `assistant-off` where the room's people want none,
		 * `too-many-requests`, `bad-input`, and what `policyOf` throws.
		 */
		start: async (userId: UserId, input: StartRunInput, roomId: RoomId | undefined) => {
			if (runs === undefined) throw new AppError("assistant-missing");
			if (input.kind === "replies" && input.messages.at(-1)?.isOwn === true) {
				throw new AppError("bad-input", { detail: "the last message is their own" });
			}
			if (roomId !== undefined) await requireAllowed(dependencies, userId, roomId);
			limits.begin({ owner: userId, room: roomId });
			return runs.start(userId, input, roomId);
		},
		/** What a run says, from a position on. Throws `not-found` for runs of others, and forgotten ones. */
		follow: (userId: UserId, runId: string, options: { readonly after: number; readonly signal: AbortSignal }) => {
			if (runs === undefined) throw new AppError("not-found");
			return runs.follow(userId, runId, options);
		},
		/** Ends a run; one that has ended stays as it is. Throws `not-found`. */
		cancel: (userId: UserId, runId: string): void => {
			if (runs === undefined) throw new AppError("not-found");
			runs.cancel(userId, runId);
		},
		/**
		 * Vectors of texts that somebody wants to find by what they mean: of a room's messages, or of their own question. Throws
		 * as `start`.
		 */
		embed: async (userId: UserId, input: EmbedInput, roomId: RoomId | undefined) => {
			if (runs === undefined) throw new AppError("assistant-missing");
			if (roomId !== undefined) await requireAllowed(dependencies, userId, roomId);
			limits.embed(userId);
			return runs.embeddings.make(userId, input);
		},
		/** Ends it; nothing happens where it is over. */
		cancelEmbed: (userId: UserId, batchId: string): void => runs?.embeddings.cancel(userId, batchId),
		/** Where Kith's documents share words with a question. Nobody is asked for it, so it is there without an Ollama. */
		lookUp: (question: string) => shelf.find(question, mostLookedUp),
		/** What stands there. Throws `not-found`. */
		readPassage: async (source: DocSource) => {
			const words = await shelf.read(source);
			if (words === undefined) throw new AppError("not-found");
			return { ...source, words };
		},
		/** For the owner. */
		hosts: async () => (await hosts?.list()) ?? [],
		/** For the owner: begins to fetch a model. Throws `assistant-missing`, `not-found`, `bad-input`. */
		pullModel: (url: string, model: string): void => {
			if (hosts === undefined) throw new AppError("assistant-missing");
			hosts.pull(url, model);
		},
		/** Forgets what was long ago. */
		sweep: () => records.forgetBefore(clock.now() - keptDays * dayMs),
		/** Ends every run. */
		close: async (): Promise<void> => runs?.close(),
	};
};

export type Assistant = ReturnType<typeof createAssistant>;

const stateOf = async (
	hosts: ModelHosts | undefined,
	runs: { isBusy(): boolean } | undefined,
): Promise<AssistantState> => {
	if (hosts === undefined) return "missing";
	const state = await hosts.state();
	return state === "ready" && runs?.isBusy() === true ? "busy" : state;
};

const requireAllowed = async (
	{ policyOf }: Pick<AssistantDependencies, "policyOf">,
	userId: UserId,
	roomId: RoomId,
): Promise<void> => {
	const { policy } = await policyOf(userId, roomId);
	if (policy === "off") throw new AppError("assistant-off");
};

const groundOf = (
	{ clock, log, key }: AssistantDependencies,
	hosts: ModelHosts,
	readPassages: () => Promise<readonly DocPassage[]>,
): RunGround => {
	const calibration = createTokenCalibration();
	const docs = createDocIndex(readPassages);
	const { contextTokens } = hosts;
	return {
		...{ hosts, clock, log, key },
		openSynthesizer: async (frame) => {
			const { createSynthesizer } = await import("./llamaindex/create-synthesizer.ts");
			return createSynthesizer({ ...frame, contextTokens, calibration, docs });
		},
	};
};
