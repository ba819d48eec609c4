import { useMemo } from "react";
import { useBot } from "../../client/hooks/use-bot.ts";
import { useClientState, useOutbox } from "../../client/hooks/use-client.ts";
import { whenCame } from "../../client/store/came-here.ts";
import type { RoomState, Timeline } from "../../client/store/room-state.ts";
import type { WireMember, WireRoomDetails } from "../../shared/wire/room.ts";
import { buildRows } from "./build-rows.ts";
import { createRowCache, rowReader } from "./read-rows.ts";
import type { TimelineRows } from "./timeline-snapshot.ts";

export interface RowsInput {
	readonly room: RoomState;
	/** What is shown of it: the newest events, or those around a message. */
	readonly timeline: Timeline;
	readonly isLive: boolean;
	/** How far was read when the chat was opened; absent: no divider. */
	readonly readPosition: string | undefined;
	readonly details: WireRoomDetails | undefined;
	readonly members: readonly WireMember[] | undefined;
	readonly now: number;
}

/** The rows of a conversation, made again only as far as something changed. */
export function useRows({ room, timeline, isLive, readPosition, details, members, now }: RowsInput): TimelineRows {
	const ownUserId = useClientState((state) => state.me?.userId ?? "");
	const summary = room.summary ?? details?.summary;
	const isDirect = summary?.kind === "direct";
	const isEncrypted = summary?.encryption !== undefined;
	const { events, isComplete } = timeline;
	const outbox = useWaiting(room, isLive);
	const rows = useMemo(
		() => buildRows(events, outbox, { ownUserId, isDirect, readPosition, isComplete }),
		[events, outbox, ownUserId, isDirect, readPosition, isComplete],
	);
	const quoted = room.quoted?.events;
	const byId = useMemo(
		() => new Map([...(quoted ?? []), ...events].map((event) => [event.eventId, event])),
		[quoted, events],
	);
	const names = useMemo(
		() => new Map([...(members ?? []).map((one) => [one.userId, one.displayName] as const), ...room.names]),
		[members, room.names],
	);
	const progress = progressOf(room, details);
	const { botUserId, isHere: isBotHere } = useBot(room.roomId);
	// A message is read when every person has read it.
	const joinedCount = (summary?.joinedCount ?? 0) - (isBotHere ? 1 : 0);
	const newest = room.timeline.events;
	const cameAt = useMemo(
		() => (isEncrypted ? (whenCame(newest, ownUserId) ?? whenCame(events, ownUserId)) : undefined),
		[isEncrypted, newest, events, ownUserId],
	);
	const cache = useMemo(() => {
		const ticks = { progress, joinedCount };
		return createRowCache({ ownUserId, botUserId, isDirect, isEncrypted, names, ticks, cameAt, now });
	}, [ownUserId, botUserId, isDirect, isEncrypted, names, progress, joinedCount, cameAt, now]);
	return useMemo(() => ({ heads: rows, read: rowReader({ rows, byId, cache }) }), [rows, byId, cache]);
}

/** The messages on their way out that have not come back as events. They stand behind the newest. */
function useWaiting(room: RoomState, isLive: boolean) {
	const outbox = useOutbox();
	const { roomId } = room;
	const { events } = room.timeline;
	return useMemo(() => {
		const own = isLive ? outbox.filter((item) => item.roomId === roomId) : [];
		if (own.length === 0) return own;
		const arrived = new Set(events.map((event) => event.transactionId));
		return own.filter((item) => !arrived.has(item.transactionId));
	}, [outbox, roomId, events, isLive]);
}

/** The subscription brings changes of the progress; before the first one, what the query read is what there is. */
function progressOf(room: RoomState, details: WireRoomDetails | undefined): RoomState["progress"] {
	const hasOwn = room.progress.reads.length > 0 || room.progress.deliveredPosition !== undefined;
	return hasOwn ? room.progress : (details?.progress ?? room.progress);
}
