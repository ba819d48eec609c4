import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import { readRoomId } from "../../../../federation/handshakes/told-room.ts";
import type { RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getObject, getString, getValue } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { isCountableMessage } from "../../../shared/countable-message.ts";
import { encryptionEventType, nextEncryption } from "../room-encryption.ts";
import type { RoomHead, RoomRow } from "./room-head.ts";
import type { RowBatch } from "./row-batch.ts";

/** A room about to change: what it was before, and where the rows go. */
export interface Projection {
	readonly row: RoomRow;
	readonly rows: RowBatch;
	readonly head: Pick<RoomHead, "hasRemoteMembers">;
	readonly context: { readonly signer: { readonly serverName: ServerName } };
	state(type: string, stateKey?: string): StateEvent | undefined;
}

/** A text as a column can hold it: PostgreSQL refuses NUL, and one row must not fail the batch it is in. */
const storable = (value: string): string => value.replaceAll("\u0000", "\ufffd");

const text = (content: JsonObject, key: string): string | undefined => {
	const value = getString(content, key);
	return value === undefined || value === "" ? undefined : storable(value);
};

/** The relation an event declares. Matrix v1.19 Client-Server API, "Forming relationships between events". */
const relationOf = (event: RoomEvent): { kind: string; targetEventId: string; key?: string } | undefined => {
	if (event.type === "m.room.redaction") {
		return event.redacts === undefined ? undefined : { kind: "redaction", targetEventId: event.redacts };
	}
	const relatesTo = getObject(event.content, "m.relates_to");
	if (relatesTo === undefined) return undefined;
	const type = text(relatesTo, "rel_type");
	const target = text(relatesTo, "event_id");
	const reply = text(getObject(relatesTo, "m.in_reply_to") ?? {}, "event_id");
	const key = text(relatesTo, "key");
	if (type === "m.annotation" && target !== undefined && key !== undefined) {
		return { kind: "reaction", targetEventId: target, key };
	}
	if (type === "m.replace" && target !== undefined) return { kind: "edit", targetEventId: target };
	if (type === "m.reference" && target !== undefined) return { kind: "reference", targetEventId: target };
	return reply === undefined ? undefined : { kind: "reply", targetEventId: reply };
};

/** Writes the rows that follow from an event besides its own, and returns the room's row after it. */
export const projectEvent = (room: Projection, event: RoomEvent, nid: number): RoomRow =>
	event.stateKey === undefined ? projectMessage(room, event, nid) : projectState(room, event as StateEvent, nid);

/** The same for an event that sets no state, at its position in the stream. */
export const projectMessage = (room: Projection, event: RoomEvent, nid: number): RoomRow => {
	const relation = projectRelation(room.rows, event, nid);
	if (!isCountableMessage(event.type, relation?.kind)) return room.row;
	const messageOrdinal = room.row.messageCount + 1;
	const roomNid = room.row.nid;
	for (const userId of mentionedBy(event)) room.rows.mentions.push({ roomNid, userId, position: nid });
	// Whoever writes has read: the own message never counts as unread.
	if (userIdServer(event.sender) === room.context.signer.serverName)
		room.rows.receipts.set(`${roomNid}\n${event.sender}\nfalse`, {
			roomNid,
			userId: event.sender,
			isPublic: false,
			position: nid,
			messageOrdinal,
			ts: event.originServerTs,
			streamPosition: undefined,
		});
	return { ...room.row, messageCount: messageOrdinal, lastMessageNid: nid, lastActivity: nid };
};

/** What the event says of another one. */
export const projectRelation = (rows: RowBatch, event: RoomEvent, nid: number): { kind: string } | undefined => {
	const relation = relationOf(event);
	if (relation !== undefined) rows.relations.push({ eventNid: nid, sender: event.sender, key: undefined, ...relation });
	return relation;
};

/** Of an encrypted message only those who can read it know whom it mentions: what it says in clear is not its writer's word. */
const mentionedBy = (event: RoomEvent): ReadonlySet<string> => {
	if (event.type === "m.room.encrypted") return new Set();
	const mentions = getObject(event.content, "m.mentions");
	if (mentions === undefined) return new Set();
	const userIds = getValue(mentions, "user_ids");
	const mentioned = new Set<string>();
	if (Array.isArray(userIds)) {
		for (const userId of userIds.slice(0, 100)) if (typeof userId === "string") mentioned.add(storable(userId));
	}
	if (getValue(mentions, "room") === true) mentioned.add("*");
	mentioned.delete(event.sender);
	return mentioned;
};

/** A room that gathers others says so by its beginning. Matrix v1.19 Client-Server API, "Types". */
export const isSpace = (create: JsonObject): boolean => getString(create, "type") === "m.space";

/** Where a room goes on. What is no room id leads nowhere, and the room was not replaced. */
export const replacementIn = (tombstone: JsonObject): RoomId | undefined =>
	readRoomId(getString(tombstone, "replacement_room"));

/** What a piece of the room's present state shows in lists. */
export const projectState = (room: Projection, event: StateEvent, nid: number): RoomRow => {
	const { row } = room;
	if (event.type === "m.room.member") return projectMember(room, event, nid);
	if (event.stateKey !== "") return row;
	switch (event.type) {
		case "m.room.create":
			return { ...row, kind: isSpace(event.content) ? "space" : row.kind, lastActivity: nid };
		case "m.room.name":
			return { ...row, name: text(event.content, "name") };
		case "m.room.topic":
			return { ...row, topic: text(event.content, "topic") };
		case "m.room.avatar":
			return { ...row, avatarUrl: text(event.content, "url") };
		case "m.room.join_rules":
			return { ...row, joinRule: text(event.content, "join_rule") ?? "invite" };
		case "m.room.history_visibility":
			return { ...row, historyVisibility: text(event.content, "history_visibility") ?? "shared" };
		case encryptionEventType:
			return { ...row, encryption: nextEncryption(row.encryption, event.content) };
		case "m.room.tombstone":
			return {
				...row,
				lastActivity: nid,
				replacementRoomId: replacementIn(event.content),
			};
		default:
			return row;
	}
};

const projectMember = (room: Projection, event: StateEvent, nid: number): RoomRow => {
	const { row } = room;
	const userId = event.stateKey as UserId;
	const before = text(room.state("m.room.member", userId)?.content ?? {}, "membership");
	const membership = text(event.content, "membership") ?? "leave";
	const isLocal = userIdServer(userId) === room.context.signer.serverName;
	if (membership === "join" && !isLocal) room.head.hasRemoteMembers = true;
	if (!isLocal) room.rows.remoteChanges.push({ roomNid: row.nid, eventNid: nid, userId, membership });
	room.rows.memberships.set(`${row.nid}\n${userId}`, {
		roomNid: row.nid,
		userId,
		membership,
		sender: event.sender,
		eventNid: nid,
		displayName: text(event.content, "displayname"),
		avatarUrl: text(event.content, "avatar_url"),
		isLocal,
		joinedOrdinal: membership === "join" && before !== "join" ? row.messageCount : undefined,
	});
	const step = (kind: string): number => Number(membership === kind) - Number(before === kind);
	return {
		...row,
		joinedCount: row.joinedCount + step("join"),
		invitedCount: row.invitedCount + step("invite"),
		lastActivity: membership === "invite" && row.joinedCount <= 1 ? nid : row.lastActivity,
	};
};
