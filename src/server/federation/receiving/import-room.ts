import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { StoredEvent } from "../../../../federation/ports/event-store.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";
import { newRoomRow } from "../../rooms/public.ts";
import { receiveEvent } from "./receive-event.ts";
import type { Received } from "./received.ts";
import { receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import { storeJudged } from "./store-outliers.ts";

/** What the answer to a join brings: Matrix v1.19 Server-Server API, "Joining Rooms", `send_join`. All of it was judged. */
export interface ImportInput {
	readonly roomId: RoomId;
	readonly version: RoomVersion;
	readonly kind: WireRoomKind;
	readonly creatorId: UserId;
	/** The join, signed by whom it must be; the first event of the room that has a place in the stream. */
	readonly event: JsonObject;
	/** The state before it. */
	readonly stateIds: readonly EventId[];
	/** That state and what it stands on, each event after those that it stands on. */
	readonly events: AsyncIterable<StoredEvent>;
	/** Memberships are still to come: servers that are said to be in the room, whom to ask first. */
	readonly arriving?: readonly ServerName[] | undefined;
}

/**
 * Takes in a room that other servers have: its state and their auth chains as outliers, and the join as the first event
 * of the stream. Nobody sees the room before the join is stored; an import that was cut short is taken up by the next. When
 * another process brings the room at the same time, whoever is second joins the room that is here then.
 */
export const importRoom = async (dependencies: ReceivingDependencies, input: ImportInput): Promise<Received> => {
	const { roomId, version, event: pdu, stateIds, arriving } = input;
	const { nid, isHere } = await openRoom(dependencies, input);
	if (isHere) return receiveLate(dependencies, input);
	await storeJudged(dependencies, { nid, version, areMembersArriving: false, namesPolicyServer: false }, input.events);
	const received = await receiveEvent(dependencies, { roomId, pdu, stateBefore: stateIds, entry: { arriving } });
	return received.kind === "overtaken" ? receiveLate(dependencies, input) : received;
};

/** The room came here meanwhile: the join is one of its events. */
const receiveLate = async (dependencies: ReceivingDependencies, input: ImportInput): Promise<Received> => {
	const { roomId, event: pdu, arriving, stateIds } = input;
	const received = await receiveEvent(dependencies, { roomId, pdu });
	// The state before it is known as a whole, or what is known of it is not enough to go on from.
	if (received.kind !== "incomplete" || arriving !== undefined) return received;
	await storeJudged(dependencies, await roomOf(dependencies, roomId), input.events);
	return receiveEvent(dependencies, { roomId, pdu, stateBefore: stateIds });
};

const roomOf = async ({ graph }: ReceivingDependencies, roomId: RoomId) => {
	const room = await graph.room(roomId);
	if (room === undefined) throw new Error(`${roomId} is gone`);
	return room;
};

/** Makes the room's row, or has what an invitation left of the room read anew. */
const openRoom = (
	{ lane }: ReceivingDependencies,
	{ roomId, version, kind, creatorId }: ImportInput,
): Promise<{ readonly nid: number; readonly isHere: boolean }> =>
	lane.submitAlone(async (transaction, rows) => {
		const [head] = await transaction.loadHeads([roomId]);
		if (head !== undefined) {
			const { row } = head;
			if (await transaction.graph.isHere(row.nid)) return { nid: row.nid, isHere: true };
			receivedBatch(rows).received.unfounded.push(row.nid);
			if (row.stateGroupId === undefined) rows.rooms.set(row.nid, { ...row, version: version.id, creatorId });
			return { nid: row.nid, isHere: false };
		}
		const [nid] = await transaction.reserveRoomNids(1);
		if (nid === undefined) throw new Error("no number was reserved");
		const row = newRoomRow({ nid, roomId, version: version.id, kind, creatorId, createTransactionId: undefined });
		rows.rooms.set(nid, row);
		return { nid, isHere: false };
	});
