import type { StartRunInput } from "../../shared/wire/assistant.ts";
import { failureOf } from "../trpc/errors.ts";
import { chosenMeans } from "./chosen-means.ts";
import type { RunMeans } from "./run-means.ts";
import { failed, isOver, newRun, type RunState, withRunEvent } from "./run-state.ts";

/** A run that was asked for. */
export interface Run {
	/** Ends it, also on the server. What it has said stays. */
	stop(): void;
}

/**
 * Asks for a run and follows it to its end. Where the subscription breaks it goes on behind the last event, so that no word
 * is lost or said twice. What people wrote is in the call that starts it alone: the subscription names the run.
 */
export function beginRun(
	input: StartRunInput,
	onState: (state: RunState) => void,
	means: RunMeans = chosenMeans(),
): Run {
	let state = newRun;
	let runId: string | undefined;
	let lastId: string | undefined;
	let leave: () => void = () => undefined;
	const become = (next: RunState): void => {
		state = next;
		onState(state);
	};
	const fail = (error: unknown): void => {
		const { code } = failureOf(error);
		const isLost = code === "not-found" && runId !== undefined;
		become(failed(state, isLost ? { kind: "lost" } : { kind: "call", code }));
	};
	const follow = (id: string): void => {
		if (isOver(state)) return;
		leave = means.follow(id, lastId, {
			onEvent: (eventId, event) => {
				if (isOver(state) || Number(eventId) <= Number(lastId ?? 0)) return;
				lastId = eventId;
				become(withRunEvent(state, event));
			},
			onFailed: (why) => {
				if (!isOver(state)) become(failed(state, why));
			},
			onEnd: (error) => {
				if (isOver(state)) return;
				if (error === undefined || failureOf(error).code === "offline") means.later(() => follow(id));
				else fail(error);
			},
		});
	};
	means.start(input).then(
		(id) => {
			runId = id;
			if (isOver(state)) means.cancel(id).catch(() => undefined);
			else follow(id);
		},
		(error) => {
			if (!isOver(state)) fail(error);
		},
	);
	return {
		stop: () => {
			if (isOver(state)) return;
			become({ ...state, phase: { kind: "stopped" } });
			leave();
			if (runId !== undefined) means.cancel(runId).catch(() => undefined);
		},
	};
}
