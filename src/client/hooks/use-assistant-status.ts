import { trpc } from "../trpc/trpc.ts";
import { useClientState } from "./use-client.ts";

/** What the server says of its assistant holds for so long. */
const freshMs = 60_000;

/** How the assistant of this server is, whatever the chat. */
export function useAssistantStatus(isWanted = true) {
	const isOnline = useClientState(({ connection }) => connection.kind === "online");
	return trpc.assistant.status.useQuery(undefined, { enabled: isOnline && isWanted, staleTime: freshMs });
}
