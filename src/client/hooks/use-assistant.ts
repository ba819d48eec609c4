import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { trpc } from "../trpc/trpc.ts";
import { useAssistantStatus } from "./use-assistant-status.ts";
import { useClientState } from "./use-client.ts";

/** The assistant of this server, as far as it concerns a room. It offers itself only where `isOffered`. */
export function useAssistant(roomId: string) {
	const isOnline = useClientState(({ connection }) => connection.kind === "online");
	const isLive = useClientState(({ rooms }) => isWrittenIn(rooms.get(roomId)?.summary));
	const status = useAssistantStatus(isLive);
	const isThere = isLive && status.data !== undefined && status.data.state !== "missing";
	const policy = trpc.assistant.policy.useQuery({ roomId }, { enabled: isOnline && isThere });
	return {
		/** False: nothing is written in the room any more, or not by the reader. */
		isLive,
		/** Why one of these is not known. */
		error: status.error ?? policy.error,
		/** Whose machine reads what is given. */
		host: status.data?.host ?? "",
		/** Absent: not known yet. */
		state: status.data?.state,
		/** Absent: not known yet, or there is nothing to decide about. */
		policy: isThere ? policy.data : undefined,
		isOffered: isThere && policy.data !== undefined && policy.data.policy !== "off",
		/** Asks again. */
		onRetry: () => {
			void status.refetch();
			if (isThere) void policy.refetch();
		},
	};
}

/** A room that the reader is in, and that goes on. */
function isWrittenIn(summary: WireRoomSummary | undefined): boolean {
	return summary?.membership === "join" && summary.kind !== "space" && summary.replacementRoomId === undefined;
}
