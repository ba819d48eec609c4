import { createHmac } from "node:crypto";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { RunContext, RunSteps } from "../../../shared/assistant/features/run-context.ts";
import type { ModelUsage } from "../../../shared/assistant/model-prompt.ts";
import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import type { Log } from "../../../shared/log.ts";
import type { StartRunInput, WireAssistantMessage, WireRunEvent } from "../../../shared/wire/assistant.ts";
import type { DocSynthesizer } from "../doc-synthesizer.ts";
import { features, promptVersions } from "../features/features.ts";
import type { Clock, ModelHost, ModelHosts, RunRecord } from "../ports.ts";
import { boundaryOf } from "../prompts/boundary.ts";
import type { RunBuffer } from "./run-buffer.ts";

/** What every run stands on. */
export interface RunGround {
	readonly hosts: ModelHosts;
	readonly clock: Clock;
	readonly log: Log;
	/** Of boundaries, and of what is kept of prompts. */
	readonly key: Uint8Array;
	/** Loads LlamaIndex with the first run. */
	openSynthesizer(frame: {
		readonly host: ModelHost;
		readonly signal: AbortSignal;
		onPrompt(system: string, user: string): void;
		onUsage(usage: ModelUsage): void;
	}): Promise<DocSynthesizer>;
}

/** One run of one person. What it was given is let go of with it. */
export interface Run {
	readonly userId: UserId;
	readonly roomId: RunRecord["roomId"];
	readonly input: StartRunInput;
	readonly buffer: RunBuffer;
	/** Its reason is `cancelled`, or a RunFailed. */
	readonly signal: AbortSignal;
	readonly startedAt: number;
}

/** Why a signal was given. */
export const cancelled = new Error("cancelled");

type Tally = Pick<RunRecord, "messageCount" | "firstEventId" | "lastEventId"> & ModelUsage;

/** Does a run on a host, but for its last event, which is the answer, with what is kept of the run. Never rejects. */
export const carryOut = async (
	ground: RunGround,
	run: Run,
	host: ModelHost,
): Promise<{ readonly last: WireRunEvent; readonly record: RunRecord }> => {
	const hmac = createHmac("sha256", ground.key);
	let tally: Tally = {
		...{ messageCount: 0, firstEventId: undefined, lastEventId: undefined, promptTokens: 0, answerTokens: 0 },
	};
	const begin = (read: readonly WireAssistantMessage[], leftOut: number): WireRunEvent => {
		const ids = { firstEventId: read.at(0)?.eventId, lastEventId: read.at(-1)?.eventId };
		tally = { ...tally, messageCount: read.length, ...ids };
		return { kind: "started", model: ground.hosts.chatModel, leftOut };
	};
	const last = await lastEvent(ground, run, async () => {
		const synthesizer = await ground.openSynthesizer({
			host,
			signal: run.signal,
			onPrompt: (system, user) => void hmac.update(`${system}\n${user}\n`),
			onUsage: ({ promptTokens, answerTokens }) => {
				const { promptTokens: prompts, answerTokens: answers } = tally;
				tally = { ...tally, promptTokens: prompts + promptTokens, answerTokens: answers + answerTokens };
			},
		});
		const boundary = boundaryOf(ground.key, run.userId, run.roomId ?? "");
		const isKnown = await follow(stepsOf({ input: run.input, synthesizer, boundary, begin }), run);
		const { promptTokens, answerTokens } = tally;
		return { kind: "done", isKnown, promptTokens, answerTokens };
	});
	if (last.kind === "failed" && isOfHost.has(last.reason)) ground.hosts.distrust(host);
	const record: RunRecord = {
		...{ userId: run.userId, roomId: run.roomId, kind: run.input.kind, model: ground.hosts.chatModel },
		...tally,
		promptVersion: promptVersions[run.input.kind],
		promptHmac: hmac.digest(),
		outcome: last.kind === "failed" ? last.reason : last.kind === "cancelled" ? "cancelled" : "done",
		startedAt: run.startedAt,
		endedAt: ground.clock.now(),
	};
	return { last, record };
};

/** Another host might do better. */
const isOfHost: ReadonlySet<string> = new Set(["unreachable", "no-model", "busy", "no-memory", "timed-out"]);

const follow = async (steps: RunSteps, { buffer, signal }: Run): Promise<boolean> => {
	try {
		for (;;) {
			const { done, value } = await steps.next();
			signal.throwIfAborted();
			if (done === true) return value.isKnown;
			buffer.push(value);
		}
	} finally {
		await steps.return({ isKnown: false });
	}
};

const lastEvent = async (
	{ log }: RunGround,
	{ signal, input }: Run,
	work: () => Promise<WireRunEvent>,
): Promise<WireRunEvent> => {
	try {
		return await work();
	} catch (error) {
		if (signal.aborted && signal.reason === cancelled) return { kind: "cancelled" };
		const cause: unknown = signal.aborted ? signal.reason : error;
		if (cause instanceof RunFailed) return { kind: "failed", reason: cause.reason };
		// The words of an error may be those of a person: its name has to do.
		log.warn(
			{ kind: input.kind, error: cause instanceof Error ? cause.name : "unknown" },
			"a run of the assistant broke",
		);
		return { kind: "failed", reason: "failed" };
	}
};

/** A feature takes the input of its kind: the kinds are the keys of both. */
const stepsOf = (
	context: Omit<RunContext<"summary", DocSynthesizer>, "input"> & { readonly input: StartRunInput },
): RunSteps => {
	const feature = features[context.input.kind] as (context: unknown) => RunSteps;
	return feature(context);
};
