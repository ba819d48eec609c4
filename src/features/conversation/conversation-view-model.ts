import { useEffect } from "react";
import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { useBot } from "../../client/hooks/use-bot.ts";
import { useClientState, useRoom } from "../../client/hooks/use-client.ts";
import { catchUpAddress, eventAddress, roomAddress, roomInfoAddress } from "../../client/rooms/addresses.ts";
import { noteNames } from "../../client/rooms/note-names.ts";
import type { ClientState } from "../../client/store/client-state.ts";
import { type CallFailure, failureOf } from "../../client/trpc/errors.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { sealedWith } from "../../client/verification/sealed-with.ts";
import { useVerified } from "../../client/verification/use-trust.ts";
import { roomName, roomPictureId } from "../../shared/text/names.ts";
import type { WireRoomDetails, WireRoomSummary } from "../../shared/wire/room.ts";
import type { Closed, ConversationHead, ConversationState, SidePane } from "./conversation-view.tsx";

/** How often it is looked whether all people of a room have arrived. */
const arrivingMs = 5_000;

/** What the address says beside the room. */
export interface ConversationPlace {
	/** The message that it names. */
	readonly eventId: string | undefined;
	/** What it wants to see beside the conversation. */
	readonly pane: SidePane | undefined;
}

/** One room as its page needs it: what the subscription knows, and beyond it the answers of queries. */
export function useConversation(roomId: string, place: ConversationPlace) {
	const room = useRoom(roomId);
	const isListReady = useClientState((state) => state.isListReady);
	const otherUnread = useClientState((state) => countOtherUnread(state, roomId));
	const isAskable = isListReady && !isOutside(room?.summary);
	const details = trpc.rooms.details.useQuery(
		{ roomId },
		{ enabled: isAskable, refetchInterval: ({ state }) => state.data?.membersArriving !== undefined && arrivingMs },
	);
	const members = trpc.rooms.members.useQuery({ roomId }, { enabled: isAskable && details.isSuccess });
	const people = members.data?.items;
	useEffect(() => {
		if (people !== undefined) noteNames(roomId, people);
	}, [roomId, people]);
	// An answer from before says nothing once the server refuses to repeat it.
	const summary = room?.summary ?? (details.isError ? undefined : details.data?.summary);
	const other = summary && sealedWith(summary);
	const verified = useVerified(other === undefined ? [] : [other]);
	const { isOffered } = useAssistant(roomId);
	const { botUserId } = useBot(roomId);
	const failure = details.error === null ? undefined : failureOf(details.error);
	return {
		details: details.data,
		members: people,
		botId: botUserId,
		isArriving: details.data?.membersArriving !== undefined,
		summary,
		head: summary && headOf(summary, { ...place, verified, hasAssistant: isOffered }),
		otherUnread,
		state: stateOf({ summary, details: details.data, failure, retry: () => void details.refetch() }),
	};
}

function countOtherUnread(state: ClientState, roomId: string): number {
	let count = 0;
	for (const room of state.rooms.values()) {
		if (room.roomId !== roomId && (room.summary?.unreadCount ?? 0) > 0) count += 1;
	}
	return count;
}

interface HeadFacts extends ConversationPlace {
	readonly hasAssistant: boolean;
	readonly verified: ReadonlySet<string>;
}

function headOf(summary: WireRoomSummary, { pane, eventId, hasAssistant, verified }: HeadFacts): ConversationHead {
	const { roomId } = summary;
	return {
		isVerified: verified.has(sealedWith(summary) ?? ""),
		name: roomName(summary),
		pictureId: roomPictureId(summary),
		isSpace: summary.kind === "space",
		infoHref: roomInfoAddress(roomId),
		catchUpHref: hasAssistant ? catchUpAddress(roomId) : undefined,
		pane,
		chatHref: eventId === undefined ? roomAddress(roomId) : eventAddress(roomId, eventId),
	};
}

/** Invited, or waiting to be let in, or refused: what the room is inside is not for the reader yet. */
function isOutside(summary: WireRoomSummary | undefined): boolean {
	return summary?.membership === "invite" || summary?.membership === "knock" || summary?.wasRefused === true;
}

/** One that the reader is in: instead of messages it shows its rooms. */
function isSpace({ kind, membership, replacementRoomId }: WireRoomSummary): boolean {
	return kind === "space" && membership === "join" && replacementRoomId === undefined;
}

interface Facts {
	readonly summary: WireRoomSummary | undefined;
	readonly details: WireRoomDetails | undefined;
	readonly failure: CallFailure | undefined;
	readonly retry: () => void;
}

function stateOf({ summary, details, failure, retry }: Facts): ConversationState {
	if (summary === undefined) return failure === undefined ? { kind: "loading" } : refused(failure, retry);
	if (isOutside(summary)) return { kind: "outside" };
	if (isSpace(summary)) return { kind: "space" };
	const closed = closedBy(summary, details);
	return closed === undefined ? { kind: "open" } : { kind: "closed", closed };
}

function refused(failure: CallFailure, retry: () => void): ConversationState {
	switch (failure.code) {
		case "forbidden":
		case "not-a-member":
			return { kind: "forbidden" };
		case "not-found":
		case "bad-input":
			return { kind: "notFound" };
		default:
			return { kind: "failed", onRetry: retry };
	}
}

function closedBy(summary: WireRoomSummary, details: WireRoomDetails | undefined): Closed | undefined {
	if (summary.replacementRoomId !== undefined) {
		return { kind: "upgraded" };
	}
	if (summary.membership === "ban") return { kind: "banned" };
	if (summary.membership !== "join") return { kind: "left" };
	return details?.permissions.send === false ? { kind: "readOnly" } : undefined;
}
