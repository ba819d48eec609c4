import { api } from "../trpc/trpc.ts";
import type { RunMeans } from "./run-means.ts";

const againAfterMs = 1_000;

/** Runs on the machines of this server's owner. */
export const serverMeans: RunMeans = {
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
