import { useEffect, useRef } from "react";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { trpc } from "../trpc/trpc.ts";
import { isWrittenIn } from "./use-assistant.ts";
import { useAssistantStatus } from "./use-assistant-status.ts";
import { useClientState } from "./use-client.ts";

/** The server's assistant as a member of chats, whatever AI the reader gives their own questions to. */
export function useBot(roomId: string) {
	const isLive = useClientState(({ rooms }) => isWrittenIn(rooms.get(roomId)?.summary));
	const isOnline = useClientState(({ connection }) => connection.kind === "online");
	const server = useClientState(({ me }) => me?.serverName) ?? "";
	const botUserId = useAssistantStatus(isLive).data?.botUserId;
	const isThere = isLive && botUserId !== undefined;
	const { data: policy, refetch } = trpc.assistant.policy.useQuery({ roomId }, { enabled: isOnline && isThere });
	const changedAt = useClientState(({ rooms }) => lastChange(rooms.get(roomId)?.timeline.events, botUserId));
	const heardOf = useRef(changedAt);
	useEffect(() => {
		if (heardOf.current !== changedAt && isThere) void refetch();
		heardOf.current = changedAt;
	}, [changedAt, isThere, refetch]);
	const place: AiPlace = { kind: "server", name: server, server };
	return {
		/** Absent: there is none, or that is not known yet. */
		botUserId,
		/** It is a member of this room. */
		isHere: isThere && policy?.isBotHere === true,
		/** Where it reads. */
		place,
	};
}

/** Where in the room somebody last decided about the assistant, or it came or went; as far as that was seen. */
function lastChange(events: readonly WireEvent[] = [], botUserId: string | undefined): string | undefined {
	return events.findLast(
		({ type, stateKey }) =>
			type === "kith.assistant" || (type === "m.room.member" && stateKey === botUserId && botUserId !== undefined),
	)?.eventId;
}
