import type { StartRunInput, WireRunEvent } from "../../shared/wire/assistant.ts";
import { failureOf } from "../trpc/errors.ts";
import { api } from "../trpc/trpc.ts";
import { failed, isOver, newRun, type RunState, withRunEvent } from "./run-state.ts";

/** A run that was asked for. */
export interface Run {
	/** Ends it, also on the server. What it has said stays. */
	stop(): void;
}

interface RunListener {
	onEvent(id: string, event: WireRunEvent): void;
	/** The subscription ended, whatever the run did. */
	onEnd(error?: unknown): void;
}

/** How runs are reached. */
export interface RunMeans {
	start(input: StartRunInput): Promise<string>;
	/** Tells what the run says behind an event; answers the way to stop listening. */
	follow(runId: string, lastEventId: string | undefined, listener: RunListener): () => void;
	cancel(runId: string): Promise<unknown>;
	later(callback: () => void): void;
}

/**
 * Asks for a run and follows it to its end. Where the subscription breaks it goes on behind the last event, so that no word
 * is lost or said twice. What people wrote is in the call that starts it alone: the subscription names the run.
 */
export function beginRun(input: StartRunInput, onState: (state: RunState) => void, means: RunMeans = serverMeans): Run {
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

const againAfterMs = 1_000;

const serverMeans: RunMeans = {
	start: async (input) => (await api.assistant.start.mutate(input)).runId,
	follow: (runId, lastEventId, { onEvent, onEnd }) => {
		const subscription = api.assistant.stream.subscribe(
			{ runId, ...(lastEventId !== undefined && { lastEventId }) },
			{ onData: ({ id, data }) => onEvent(id, data), onComplete: () => onEnd(), onError: (error) => onEnd(error) },
		);
		return () => subscription.unsubscribe();
	},
	cancel: (runId) => api.assistant.cancel.mutate({ runId }),
	later: (callback) => void setTimeout(callback, againAfterMs),
};
