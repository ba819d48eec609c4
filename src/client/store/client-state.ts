import type { WireRoomSummary } from "../../shared/wire/room.ts";
import type { WireRoomDelta, WireStreamItem, WireSyncItem } from "../../shared/wire/sync.ts";
import { applyEphemeral, type EphemeralState, emptyEphemeral, stopTyping } from "./apply-ephemeral.ts";
import { memberOf } from "./event-content.ts";
import { windowAfter } from "./history-window.ts";
import { applyRelations, mergeNewest } from "./merge-timeline.ts";
import { withOwnCounts } from "./own-counts.ts";
import { withOwnRead } from "./own-read.ts";
import { emptyRoom, type RoomState } from "./room-state.ts";

/** How the page stands with its server. */
export type Connection =
	| { readonly kind: "starting" }
	/** `events`: no socket opens here, news come as server-sent events and calls go over HTTP. */
	| { readonly kind: "online"; readonly via: "socket" | "events" }
	| { readonly kind: "offline" }
	| { readonly kind: "signedOut" };

/** Who is signed in here. */
export interface Me {
	readonly userId: string;
	readonly displayName: string;
	readonly avatarUrl?: string | undefined;
	readonly isOwner: boolean;
	readonly deviceId: string;
	readonly serverName: string;
}

export interface ClientState extends EphemeralState {
	readonly connection: Connection;
	readonly me: Me | undefined;
	/** The token of the last item of the subscription that is in `rooms`; absent before the first. */
	readonly position: string | undefined;
	/** The token up to which the crypto engine has taken in what came for it, too: nothing newer is kept on the disk. */
	readonly wholePosition: string | undefined;
	/** False until the first window of the chat list is here. */
	readonly isListReady: boolean;
	readonly rooms: ReadonlyMap<string, RoomState>;
	/** Where the next page of the chat list begins; absent when every room is here. */
	readonly olderRoomsCursor: string | undefined;
	/** What the person's devices keep with the account, by type. */
	readonly accountData: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export const initialState: ClientState = {
	connection: { kind: "starting" },
	me: undefined,
	position: undefined,
	wholePosition: undefined,
	isListReady: false,
	rooms: new Map(),
	olderRoomsCursor: undefined,
	accountData: new Map(),
	...emptyEphemeral,
};

/** The state after an item of the sync subscription. */
export function applySyncItem(state: ClientState, item: WireSyncItem): ClientState {
	if (item.kind !== "ephemeral") return applyStreamItem(state, item);
	return { ...state, ...applyEphemeral(state, item, state.me?.userId ?? "") };
}

function applyStreamItem(state: ClientState, item: WireStreamItem): ClientState {
	const rooms = new Map(item.kind === "start" ? [] : state.rooms);
	const ownUserId = state.me?.userId ?? "";
	let typing = item.kind === "start" ? emptyEphemeral.typing : state.typing;
	for (const delta of item.rooms) {
		const known = rooms.get(delta.roomId) ?? startOf(delta.roomId, state.rooms.get(delta.roomId));
		rooms.set(delta.roomId, applyDelta(known, delta, ownUserId));
		typing = stopTyping(typing, delta.roomId, new Set(delta.events.map(({ sender }) => sender)));
	}
	const accountData = mergeAccountData(item.kind === "start" ? new Map() : state.accountData, item.accountData ?? []);
	if (item.kind === "changes") {
		for (const roomId of item.removedRoomIds) {
			const room = rooms.get(roomId);
			if (room?.summary === undefined) rooms.delete(roomId);
			else rooms.set(roomId, ended(room, room.summary, state.me?.userId));
		}
		return { ...state, rooms, typing, accountData };
	}
	return { ...state, rooms, typing, accountData, isListReady: true, olderRoomsCursor: item.nextCursor };
}

/** A start forgets a room but for what the server has not heard of yet. */
function startOf(roomId: string, before: RoomState | undefined): RoomState {
	const room = emptyRoom(roomId);
	return before?.ownRead === undefined ? room : { ...room, ownRead: before.ownRead };
}

function mergeAccountData(
	known: ClientState["accountData"],
	news: NonNullable<WireStreamItem["accountData"]>,
): ClientState["accountData"] {
	return news.length === 0 ? known : new Map([...known, ...news.map(({ type, content }) => [type, content] as const)]);
}

function applyDelta({ history, quoted, ...room }: RoomState, delta: WireRoomDelta, ownUserId: string): RoomState {
	const progress = delta.progress;
	const window = windowAfter(history, delta, ownUserId);
	const isFollowed = quoted !== undefined && !delta.isLimited;
	const changed: RoomState = {
		...room,
		...(delta.summary && { summary: delta.summary }),
		names: namesAfter(room.names, delta),
		...(delta.senders && { pictures: picturesAfter(room.pictures, delta.senders) }),
		timeline: mergeNewest(room.timeline, delta, ownUserId),
		...(window && { history: window }),
		...(isFollowed && { quoted: applyRelations(quoted, delta.events, ownUserId) }),
		progress: {
			...room.progress,
			...(progress?.deliveredPosition !== undefined && { deliveredPosition: progress.deliveredPosition }),
			...(progress?.reads && { reads: mergeReads(room.progress.reads, progress.reads) }),
		},
	};
	return withOwnCounts(delta.summary === undefined ? changed : withOwnRead(changed, ownUserId), ownUserId);
}

/** The same map where nobody has a new name, so that what is drawn with it need not be drawn again. */
function namesAfter(names: RoomState["names"], delta: WireRoomDelta): RoomState["names"] {
	const found = [
		...[...(delta.summary?.heroes ?? []), ...(delta.senders ?? [])].map(
			({ userId, displayName }) => [userId, displayName] as const,
		),
		...delta.events.flatMap((event) => {
			const member = memberOf(event);
			return member?.displayName === undefined ? [] : [[member.userId, member.displayName] as const];
		}),
	];
	return found.some(([userId, name]) => names.get(userId) !== name) ? new Map([...names, ...found]) : names;
}

function picturesAfter(
	known: ReadonlyMap<string, string> = new Map(),
	senders: NonNullable<WireRoomDelta["senders"]>,
): ReadonlyMap<string, string> {
	const found = senders.flatMap(({ userId, avatarUrl }) =>
		avatarUrl === undefined ? [] : [[userId, avatarUrl] as const],
	);
	return new Map([...known, ...found]);
}

/**
 * A room that the person is no longer in. It is in no list, but stays as it was to whoever has it open: the last they may
 * see is why it fell silent.
 */
function ended(room: RoomState, summary: WireRoomSummary, ownUserId: string | undefined): RoomState {
	const last = room.timeline.events.map(memberOf).findLast((member) => member?.userId === ownUserId);
	const membership = last?.membership === "ban" ? "ban" : "leave";
	return { ...room, summary: { ...summary, membership, unreadCount: 0, mentionCount: 0 } };
}

type Reads = RoomState["progress"]["reads"];

/** A delta names only the readers who moved. */
function mergeReads(known: Reads, moved: Reads): Reads {
	return [...new Map([...known, ...moved].map((read) => [read.userId, read])).values()];
}

/** The state with one room changed; an unknown room comes into being. */
export function withRoom(state: ClientState, roomId: string, change: (room: RoomState) => RoomState): ClientState {
	const rooms = new Map(state.rooms);
	rooms.set(roomId, change(rooms.get(roomId) ?? emptyRoom(roomId)));
	return { ...state, rooms };
}
