import { useAssistantStatus } from "../../client/hooks/use-assistant-status.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { placeOf } from "../../client/own-ollama/ai-place.ts";
import { ownOllama } from "../../client/own-ollama/own-settings.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { AssistantSettingsProps } from "./assistant-settings-view.tsx";

/** The assistant of this server, for who wants to know about it. */
export function useAssistantSettings() {
	const status = useAssistantStatus();
	const own = useObservable(ownOllama, (one) => one);
	const ownServer = useClientState(({ me }) => me?.serverName);
	const host = status.data?.host ?? ownServer ?? "";
	return {
		host,
		/** Where what is given is read. */
		place: placeOf(own, host),
		hasOwn: own.kind === "set",
		/** The server can read chats for what messages mean, and no Ollama of their own takes its place. */
		canServerEmbed: own.kind === "none" && status.data?.embedModel !== undefined,
		state: stateOf(status),
		onRetry: () => void status.refetch(),
	};
}

function stateOf({ data, error }: ReturnType<typeof useAssistantStatus>): AssistantSettingsProps["state"] {
	if (data !== undefined) return data.state === "missing" ? "none" : "there";
	return error === null ? "loading" : { problem: failureText(failureOf(error).code) };
}
