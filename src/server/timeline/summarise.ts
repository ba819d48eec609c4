import { isCountableMessage } from "../../shared/countable-message.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { loadEdits, visibleEdits } from "./aggregate.ts";
import { type MayLetIn, readDoorkeepers } from "./doorkeepers.ts";
import { foldEdit } from "./fold-edit.ts";
import type { TimelineRecord, TimelineStore, ViewedRoom } from "./ports.ts";
import { roomRanges, type Sights } from "./sight.ts";
import { toWireEvent } from "./to-wire-event.ts";
import { isWithin, type PositionRange } from "./visible-ranges.ts";
import { walkRooms } from "./walk-rooms.ts";

export interface SummaryQuery {
	readonly views: readonly ViewedRoom[];
	readonly sights: Sights;
	/** Records at hand already: a last message among them is not read again. */
	readonly known?: readonly TimelineRecord[];
}

/**
 * The chat list's rows, in the order of `views`. Their last messages are read once for all people who see the same one,
 * and come without reactions.
 */
export const summarise = async (
	store: TimelineStore,
	{ views, sights, known = [] }: SummaryQuery,
): Promise<WireRoomSummary[]> => {
	const lastMessages = await findLastMessages(store, { views, sights, known });
	const edits = await loadEdits(store, [...new Set(lastMessages.filter((record) => record !== undefined))]);
	const asked = views.filter(({ knockCount }) => knockCount > 0).map(({ roomNid }) => roomNid);
	const doorkeepers = asked.length === 0 ? new Map<number, MayLetIn>() : await readDoorkeepers(store, asked);
	const toSummary = (view: ViewedRoom, lastMessage: WireEvent | undefined): WireRoomSummary => ({
		...summaryOf(view, lastMessage),
		...(doorkeepers.get(view.roomNid)?.(view.viewerId) === true ? { knockCount: view.knockCount } : {}),
	});
	return views.map((view, index) => {
		const record = lastMessages[index];
		if (record === undefined) return toSummary(view, undefined);
		const ranges = roomRanges(sights(view.viewerId, view.roomNid), view.roomNid);
		const edit = foldEdit(record, visibleEdits(edits.get(record.eventId), ranges));
		return toSummary(view, toWireEvent(record, view.viewerId, { edit }));
	});
};

/** How far back a hidden last message is looked behind: rooms with bounds are few, and a chat list can do without. */
const lookBack = 20;

const findLastMessages = async (
	store: TimelineStore,
	{ views, sights, known }: Required<SummaryQuery>,
): Promise<readonly (TimelineRecord | undefined)[]> => {
	const rangesOf = (view: ViewedRoom): readonly PositionRange[] => sights(view.viewerId, view.roomNid).ranges;
	const seesLast = (view: ViewedRoom): boolean =>
		view.lastMessageNid !== undefined && isWithin(rangesOf(view), view.lastMessageNid);
	const byNid = new Map(known.map((record) => [record.nid, record]));
	const wanted = new Set(views.filter(seesLast).flatMap(({ lastMessageNid: nid }) => (nid === undefined ? [] : [nid])));
	const missing = [...wanted].filter((nid) => !byNid.has(nid));
	const bounded = views.filter((view) => view.lastMessageNid !== undefined && !seesLast(view));
	const [read, walks] = await Promise.all([
		missing.length === 0 ? [] : store.readEventsByNid(missing),
		bounded.length === 0
			? []
			: walkRooms(store, {
					rooms: bounded.map((view) => roomRanges(sights(view.viewerId, view.roomNid), view.roomNid)),
					direction: "backwards",
					events: "rows",
					limit: lookBack,
				}),
	]);
	for (const record of read) byNid.set(record.nid, record);
	return views.map((view) =>
		seesLast(view)
			? byNid.get(view.lastMessageNid ?? Number.NaN)
			: walks[bounded.indexOf(view)]?.records.findLast((record) =>
					isCountableMessage(record.type, record.relation?.kind),
				),
	);
};

const summaryOf = (view: ViewedRoom, lastMessage: WireEvent | undefined): WireRoomSummary => {
	const isInvited = view.membership === "invite";
	const isOutside = view.membership !== "join";
	return {
		roomId: view.roomId,
		kind: view.kind,
		...(view.name === undefined ? {} : { name: view.name }),
		...(view.topic === undefined || isOutside ? {} : { topic: view.topic }),
		...(view.avatarUrl === undefined ? {} : { avatarUrl: view.avatarUrl }),
		heroes: heroesOf(view),
		joinedCount: view.joinedCount,
		invitedCount: view.invitedCount,
		membership: view.membership,
		...(isInvited ? { invitedBy: view.membershipSender } : {}),
		...(view.wasRefused ? { wasRefused: true as const } : {}),
		lastPosition: String(view.lastPosition),
		...(lastMessage === undefined ? {} : { lastMessage }),
		unreadCount: view.unreadCount,
		mentionCount: view.mentionCount,
		...(view.readPosition === undefined ? {} : { readPosition: String(view.readPosition) }),
		...(view.replacementRoomId === undefined ? {} : { replacementRoomId: view.replacementRoomId }),
		...(view.encryption === undefined ? {} : { encryption: view.encryption }),
	};
};

/** Those who were in the room name it only when nobody else is. Matrix v1.19 Client-Server API, "Calculating the display name for a room". */
const heroesOf = (view: ViewedRoom): WireRoomSummary["heroes"] => {
	const present = view.heroes.filter(({ membership }) => membership === "join" || membership === "invite");
	const named = present.length > 0 ? present : view.heroes;
	return named.slice(0, 5).map(({ userId, displayName, avatarUrl }) => ({
		userId,
		displayName: displayName ?? userId,
		...(avatarUrl === undefined ? {} : { avatarUrl }),
	}));
};

/** True for a room with a row in its viewer's list. */
export const isListed = ({ membership, wasRefused }: Pick<ViewedRoom, "membership" | "wasRefused">): boolean =>
	membership === "join" || membership === "invite" || membership === "knock" || wasRefused;
