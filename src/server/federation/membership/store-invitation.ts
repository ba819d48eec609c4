import type { ReceivedInvitation } from "../../../../federation/handshakes/membership/answer-invite.ts";
import type { StrippedEvent } from "../../../../federation/handshakes/membership/stripped-state.ts";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { getString, getValue, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";
import { type AppendTransaction, isSpace, newRoomRow, type RoomRow, type RowBatch } from "../../rooms/public.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import { columnsOf, verdictOf } from "../receiving/store-received.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

/**
 * Puts an invitation into the person's list. Of a room that is not here there is only what the invitation says: a row
 * without state, the person's membership with a place in the stream, and the event, outside of the graph: an import
 * reads it anew. An invitation that arrives twice is stored once.
 */
export const storeInvitation = (
	{ lane }: Pick<MembershipDependencies, "lane">,
	invitation: ReceivedInvitation,
): Promise<void> =>
	lane.submitAlone(async (transaction, rows) => {
		const { event, userId } = invitation;
		if ((await transaction.graph.find([event.eventId])).size > 0) return;
		const row = await roomRow(transaction, invitation);
		const position = nextPosition(rows);
		const [nid] = await transaction.graph.reserveAsideNids(1);
		if (nid === undefined) throw new Error("no number was reserved");
		const batch = receivedBatch(rows);
		const place = { nid, roomNid: row.nid, position: undefined, stateGroupId: undefined, messageOrdinal: 0 };
		batch.received.asides.push({ ...place, verdict: verdictOf.accepted, ...columnsOf(event) });
		batch.received.marks.push({ roomNid: row.nid, stateKey: userId, position, value: "invite" });
		addMembers(rows, { row, position, invitation });
		rows.rooms.set(row.nid, { ...row, headPosition: position, lastActivity: Math.max(row.lastActivity, position) });
	});

/** Ends an invitation to a room that is not here: declined, withdrawn, or the person was kept out. */
export const endInvitation = (
	{ lane }: Pick<MembershipDependencies, "lane">,
	ended: {
		readonly roomId: RoomId;
		readonly userId: UserId;
		readonly sender: UserId;
		readonly membership: "leave" | "ban";
	},
): Promise<void> =>
	lane.submitAlone(async (transaction, rows) => {
		const [head] = await transaction.loadHeads([ended.roomId]);
		if (head === undefined) return;
		const { row } = head;
		const position = nextPosition(rows);
		const { userId, sender, membership } = ended;
		receivedBatch(rows).received.marks.push({ roomNid: row.nid, stateKey: userId, position, value: membership });
		rows.memberships.set(`${row.nid}\n${userId}`, {
			...memberRow(row, { userId, sender, membership, position }),
			isLocal: true,
		});
		rows.rooms.set(row.nid, { ...row, headPosition: position });
	});

export const nextPosition = (rows: RowBatch): number => {
	rows.position += 1;
	return rows.position;
};

/** The room as far as strangers are told of it: the row that is there, or a new one. */
export const roomRow = async (
	transaction: AppendTransaction,
	{ event, version, state }: Pick<ReceivedInvitation, "event" | "version" | "state">,
): Promise<RoomRow> => {
	const [head] = await transaction.loadHeads([event.roomId]);
	const shown = { name: said(state, "m.room.name", "name"), avatarUrl: said(state, "m.room.avatar", "url") };
	const joinRule = said(state, "m.room.join_rules", "join_rule") ?? "invite";
	if (head !== undefined) {
		// What is stored of a room counts more than what an invitation says of it, and so does what the first one said.
		const isFresh = head.row.stateGroupId === undefined && head.row.name === undefined;
		return isFresh ? { ...head.row, ...shown, joinRule } : head.row;
	}
	const [nid] = await transaction.reserveRoomNids(1);
	if (nid === undefined) throw new Error("no number was reserved");
	const isDirect = getValue(event.content, "is_direct") === true;
	const create = state.find(({ type }) => type === "m.room.create");
	const kind = kindOf(create?.content ?? jsonObject(), { isDirect, joinRule });
	const creatorId = create?.sender ?? event.sender;
	const { roomId } = event;
	const begun = { nid, roomId, version: version.id, kind, creatorId, createTransactionId: undefined };
	return { ...newRoomRow(begun), ...shown, joinRule, topic: said(state, "m.room.topic", "topic") };
};

const kindOf = (
	create: JsonObject,
	{ isDirect, joinRule }: { readonly isDirect: boolean; readonly joinRule: string },
): WireRoomKind => {
	if (isSpace(create)) return "space";
	return isDirect ? "direct" : joinRule === "public" ? "public" : "group";
};

/** Texts are cut: an invitation must not fill the list. */
const longestText = 255;

const said = (state: readonly StrippedEvent[], type: string, key: string): string | undefined => {
	const event = state.find((each) => each.type === type && each.stateKey === "");
	return shownText(getString(event?.content ?? jsonObject(), key));
};

const shownText = (value: string | undefined): string | undefined =>
	value === undefined || value === "" ? undefined : value.slice(0, longestText).replaceAll("\u0000", "\ufffd");

const addMembers = (
	rows: RowBatch,
	added: { readonly row: RoomRow; readonly position: number; readonly invitation: ReceivedInvitation },
): void => {
	const { row, position, invitation } = added;
	const { event, userId, state } = invitation;
	const { sender } = event;
	rows.memberships.set(`${row.nid}\n${userId}`, {
		...memberRow(row, { userId, sender, membership: "invite", position }),
		displayName: shownText(getString(event.content, "displayname")),
		isLocal: true,
	});
	// Who invites is shown by name. In a room that is here, or was, what is stored of them stays.
	if (row.stateGroupId !== undefined) return;
	const own = state.find(({ type, stateKey }) => type === "m.room.member" && stateKey === sender)?.content;
	rows.memberships.set(`${row.nid}\n${sender}`, {
		...memberRow(row, { userId: sender, sender, membership: "join", position }),
		displayName: shownText(getString(own ?? jsonObject(), "displayname")),
		avatarUrl: shownText(getString(own ?? jsonObject(), "avatar_url")),
	});
};

export const memberRow = (
	row: RoomRow,
	of: {
		readonly userId: UserId;
		readonly sender: UserId;
		readonly membership: "invite" | "join" | "knock" | "leave" | "ban";
		readonly position: number;
	},
) => ({
	roomNid: row.nid,
	userId: of.userId,
	membership: of.membership,
	sender: of.sender,
	eventNid: of.position,
	displayName: undefined as string | undefined,
	avatarUrl: undefined as string | undefined,
	isLocal: false,
	joinedOrdinal: undefined,
});
