import { useQuery } from "@tanstack/react-query";
import type { AssistantState } from "../../shared/wire/assistant.ts";
import { placeOf } from "../own-ollama/ai-place.ts";
import { ownOllama } from "../own-ollama/own-settings.ts";
import { useAssistantStatus } from "./use-assistant-status.ts";
import { useClientState } from "./use-client.ts";
import { useObservable } from "./use-observable.ts";

/** What was seen of the person's own Ollama holds for so long. */
const freshMs = 60_000;

/** The AI that reads what this person gives the assistant: their own, where they named one, or their server's. */
export function useAi(isWanted = true) {
	const own = useObservable(ownOllama, (one) => one);
	const server = useClientState(({ me }) => me?.serverName) ?? "";
	const status = useAssistantStatus(isWanted && own.kind === "none");
	const check = useQuery({
		queryKey: ["own ollama", own],
		queryFn: async () => {
			const { stateOfOwn } = await import("../own-ollama/check-own.ts");
			return own.kind === "set" ? stateOfOwn(own.settings) : "unreachable";
		},
		enabled: isWanted && (own.kind === "set" || own.kind === "broken"),
		staleTime: freshMs,
	});
	const isOwn = own.kind !== "none";
	const state: AssistantState | undefined = isOwn ? check.data : status.data?.state;
	return {
		place: placeOf(own, server),
		/** Absent: not known yet. */
		state,
		/** Why it is not known. */
		error: isOwn ? null : status.error,
		onRetry: () => void (isOwn ? check.refetch() : status.refetch()),
	};
}
