import { isServerAllowed } from "../../../../federation/authorization/server-acl.ts";
import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import { parseUserId, userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getInteger, getObject, getString, getValue, isJsonArray } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Edu } from "../../../../federation/transport/transaction.ts";
import type { AppendLane, PlanContext } from "../../rooms/public.ts";
import type { Bus, StreamStore, TypingChange } from "../../stream/public.ts";
import type { IncomingPresence } from "../presence/incoming-presence.ts";
import type { TransactionStore } from "./ports.ts";

export interface ReceiveEdusDependencies {
	readonly transactions: Pick<TransactionStore, "rooms">;
	readonly members: Pick<StreamStore, "joinedRoomNid">;
	readonly lane: AppendLane;
	readonly bus: Bus;
	readonly presence: IncomingPresence;
}

/** More receipts than a transaction of an honest server brings. */
const maxReceipts = 1_000;

/**
 * Takes in who is there and who is writing at another server, and what was read there. A server speaks for its own people alone, about rooms
 * that they are in and it is not shut out of. Of kinds that nobody here knows nothing is kept.
 */
export const receiveEdus = async (
	dependencies: ReceiveEdusDependencies,
	origin: ServerName,
	edus: readonly Edu[],
): Promise<void> => {
	dependencies.presence.add(origin, edus);
	const typing = edus.flatMap((edu) => (edu.type === "m.typing" ? typingIn(edu.content, origin) : []));
	const receipts = edus
		.flatMap((edu) => (edu.type === "m.receipt" ? receiptsIn(edu.content, origin) : []))
		.slice(0, maxReceipts);
	if (typing.length + receipts.length === 0) return;
	const isOpen = await openRooms(dependencies, origin, [...typing, ...receipts]);
	await noteTyping(dependencies, typing.filter(isOpen));
	await storeReceipts(dependencies, receipts.filter(isOpen));
};

interface InRoom {
	readonly roomId: RoomId;
	readonly userId: UserId;
}

interface RemoteTyping extends InRoom {
	readonly isTyping: boolean;
}

interface RemoteReceipt extends InRoom {
	readonly eventId: EventId;
	readonly ts: number;
}

const typingIn = (content: JsonObject, origin: ServerName): readonly RemoteTyping[] => {
	const roomId = parseRoomId(getString(content, "room_id") ?? "");
	const userId = parseUserId(getString(content, "user_id") ?? "");
	const isTyping = getValue(content, "typing") === true;
	return roomId === undefined || userId === undefined || userIdServer(userId) !== origin
		? []
		: [{ roomId, userId, isTyping }];
};

const receiptsIn = (content: JsonObject, origin: ServerName): readonly RemoteReceipt[] =>
	Object.keys(content).flatMap((room) => {
		const roomId = parseRoomId(room);
		const reads = getObject(getObject(content, room) ?? {}, "m.read") ?? {};
		return roomId === undefined ? [] : Object.keys(reads).flatMap((user) => receiptOf(reads, user, { roomId, origin }));
	});

const receiptOf = (
	reads: JsonObject,
	user: string,
	{ roomId, origin }: { readonly roomId: RoomId; readonly origin: ServerName },
): readonly RemoteReceipt[] => {
	const userId = parseUserId(user);
	const read = getObject(reads, user) ?? {};
	const data = getObject(read, "data") ?? {};
	const ids = getValue(read, "event_ids");
	const eventId = isJsonArray(ids) && typeof ids[0] === "string" ? parseEventId(ids[0]) : undefined;
	const ts = getInteger(data, "ts");
	// A receipt within a thread says nothing of the room.
	const thread = getString(data, "thread_id") ?? "main";
	if (userId === undefined || userIdServer(userId) !== origin || thread !== "main") return [];
	return eventId === undefined || ts === undefined || ts < 0 ? [] : [{ roomId, userId, eventId, ts }];
};

const openRooms = async (
	{ transactions }: ReceiveEdusDependencies,
	origin: ServerName,
	told: readonly InRoom[],
): Promise<(told: InRoom) => boolean> => {
	const rooms = await transactions.rooms([...new Set(told.map(({ roomId }) => roomId))]);
	return ({ roomId }) => {
		const room = rooms.get(roomId);
		return room?.isJoined === true && isServerAllowed(room.serverAcl, origin);
	};
};

const noteTyping = async (
	{ members, bus }: ReceiveEdusDependencies,
	typing: readonly RemoteTyping[],
): Promise<void> => {
	const changes: TypingChange[] = [];
	for (const { roomId, userId, isTyping } of typing) {
		const roomNid = await members.joinedRoomNid(userId, roomId);
		if (roomNid !== undefined) changes.push({ roomNid, roomId, userId, isTyping, isRemote: true });
	}
	if (changes.length > 0) bus.publish({ kind: "typing", changes });
};

const storeReceipts = async ({ lane }: ReceiveEdusDependencies, receipts: readonly RemoteReceipt[]): Promise<void> => {
	for (const roomId of new Set(receipts.map((receipt) => receipt.roomId))) {
		const ofRoom = receipts.filter((receipt) => receipt.roomId === roomId);
		await lane.submit({
			rooms: [roomId],
			users: ofRoom.map(({ userId }) => userId),
			targets: ofRoom.map(({ eventId }) => eventId),
			plan: (context) => planReceipts(context, roomId, ofRoom),
		});
	}
};

const planReceipts = (context: PlanContext, roomId: RoomId, receipts: readonly RemoteReceipt[]): void => {
	const draft = context.room(roomId);
	const roomNid = draft.row.nid;
	for (const { userId, eventId, ts } of receipts) {
		const target = context.target(eventId);
		const isMember = draft.state("m.room.member", userId)?.content["membership"] === "join";
		if (!isMember || target?.roomNid !== roomNid || target.position === undefined) continue;
		const { position, messageOrdinal } = target;
		const row = { roomNid, userId, isPublic: true, position, messageOrdinal, ts, streamPosition: context.nextNid() };
		draft.rows.receipts.set(`${roomNid}\n${userId}\ntrue`, row);
	}
};
