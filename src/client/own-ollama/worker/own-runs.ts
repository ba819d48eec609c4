import { estimateTokens } from "../../../shared/assistant/budget/estimate-tokens.ts";
import { createPromptRoom } from "../../../shared/assistant/budget/prompt-room.ts";
import { createTokenCalibration } from "../../../shared/assistant/budget/token-calibration.ts";
import { chatFeatures } from "../../../shared/assistant/features/chat-features.ts";
import type { RunContext, RunSteps } from "../../../shared/assistant/features/run-context.ts";
import type { ModelUsage } from "../../../shared/assistant/model-prompt.ts";
import { userPrompt } from "../../../shared/assistant/prompts/data-block.ts";
import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import type { Synthesizer } from "../../../shared/assistant/synthesizer.ts";
import type { WireRunEvent } from "../../../shared/wire/assistant.ts";
import type { OwnCall } from "../own-message.ts";
import type { OwnHost } from "./own-host.ts";

type RunCall = Extract<OwnCall, { readonly kind: "run" }>;
type Say = (event: WireRunEvent) => void;

/** No run takes longer. */
const mostMs = 900_000;

/** Runs on one Ollama, one after the other. Each says what happens, and ends with its last event. */
export const createOwnRuns = (host: OwnHost) => {
	const calibration = createTokenCalibration();
	let last: Promise<void> = Promise.resolve();
	let waiting = 0;
	const carryOut = async (call: RunCall, signal: AbortSignal, say: Say): Promise<void> => {
		const ours = new AbortController();
		const limit = setTimeout(() => ours.abort(new RunFailed("timed-out")), mostMs);
		const both = AbortSignal.any([signal, ours.signal]);
		try {
			say(await workOn(call, { host, calibration, signal: both }, say));
		} catch (error) {
			const cause: unknown = ours.signal.aborted ? ours.signal.reason : error;
			if (signal.aborted) say({ kind: "cancelled" });
			else say({ kind: "failed", reason: cause instanceof RunFailed ? cause.reason : "failed" });
		} finally {
			clearTimeout(limit);
		}
	};
	return async (call: RunCall, signal: AbortSignal, say: Say): Promise<void> => {
		if (waiting > 0) say({ kind: "queued", position: waiting });
		waiting += 1;
		const turn = last.then(() => carryOut(call, signal, say));
		last = turn;
		await turn;
		waiting -= 1;
	};
};

interface Ground {
	readonly host: OwnHost;
	readonly calibration: ReturnType<typeof createTokenCalibration>;
	readonly signal: AbortSignal;
}

const workOn = async ({ input, means }: RunCall, ground: Ground, say: Say): Promise<WireRunEvent> => {
	let cost: ModelUsage = { promptTokens: 0, answerTokens: 0 };
	const onUsage = ({ promptTokens, answerTokens }: ModelUsage): void => {
		cost = { promptTokens: cost.promptTokens + promptTokens, answerTokens: cost.answerTokens + answerTokens };
	};
	const context = {
		...{ input, boundary: means.boundary },
		synthesizer: createOwnSynthesizer(means, { ...ground, onUsage }),
		begin: (_: unknown, leftOut: number): WireRunEvent => ({ kind: "started", model: means.chatModel, leftOut }),
	};
	// A feature takes the input of its kind: the kinds are the keys of both.
	const feature = chatFeatures[input.kind] as (context: unknown) => RunSteps;
	const steps = feature(context satisfies Omit<RunContext<"summary">, "input">);
	try {
		for (;;) {
			const { done, value } = await steps.next();
			ground.signal.throwIfAborted();
			if (done === true) return { kind: "done", isKnown: value.isKnown, ...cost };
			say(value);
		}
	} finally {
		await steps.return({ isKnown: false });
	}
};

/** The same prompts as the server's, without its library: one call of the model, of which LlamaIndex would make the same. */
const createOwnSynthesizer = (
	means: RunCall["means"],
	{ host, calibration, signal, onUsage }: Ground & { onUsage(usage: ModelUsage): void },
): Synthesizer => ({
	...createPromptRoom(means.contextTokens, calibration),
	async *synthesize({ system, schema, mostTokens, ...data }) {
		const user = userPrompt(data);
		const answer = host.chat(means, { system, user, schema, mostTokens, signal });
		const usage = yield* answer;
		calibration.observe(estimateTokens(system) + estimateTokens(user), usage.promptTokens);
		onUsage(usage);
	},
});
