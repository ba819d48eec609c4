import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { isAllowedAt } from "../own-ollama/ai-place.ts";
import { trpc } from "../trpc/trpc.ts";
import { useAi } from "./use-ai.ts";
import { useClientState } from "./use-client.ts";

/** The assistant, as far as it concerns a room. It offers itself only where `isOffered`. */
export function useAssistant(roomId: string) {
	const isOnline = useClientState(({ connection }) => connection.kind === "online");
	const isLive = useClientState(({ rooms }) => isWrittenIn(rooms.get(roomId)?.summary));
	const ai = useAi(isLive);
	const isThere = isLive && ai.state !== undefined && ai.state !== "missing";
	const policy = trpc.assistant.policy.useQuery({ roomId }, { enabled: isOnline && isThere });
	return {
		/** False: nothing is written in the room any more, or not by the reader. */
		isLive,
		/** Why one of these is not known. */
		error: ai.error ?? policy.error,
		/** Where what is given is read. */
		place: ai.place,
		/** Absent: not known yet. */
		state: ai.state,
		/** Absent: not known yet, or there is nothing to decide about. */
		policy: isThere ? policy.data : undefined,
		isOffered: isThere && policy.data !== undefined && isAllowedAt(ai.place, policy.data),
		/** Asks again. */
		onRetry: () => {
			ai.onRetry();
			if (isThere) void policy.refetch();
		},
	};
}

/** A room that the reader is in, and that goes on. */
export function isWrittenIn(summary: WireRoomSummary | undefined): boolean {
	return summary?.membership === "join" && summary.kind !== "space" && summary.replacementRoomId === undefined;
}
