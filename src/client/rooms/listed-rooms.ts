import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { comparePositions } from "../store/position.ts";
import type { RoomState } from "../store/room-state.ts";

/** A room with a row in the chat list. */
export interface ListedRoom extends RoomState {
	readonly summary: WireRoomSummary;
}

/** The rooms of the chat list, newest first. */
export function listedRooms(rooms: Iterable<RoomState>): readonly ListedRoom[] {
	return [...rooms]
		.filter((room): room is ListedRoom => room.summary !== undefined && isListed(room.summary))
		.sort((a, b) => comparePositions(b.summary.lastPosition, a.summary.lastPosition));
}

function isListed({ membership, wasRefused }: WireRoomSummary): boolean {
	return /^(join|invite|knock)$/.test(membership) || wasRefused === true;
}
