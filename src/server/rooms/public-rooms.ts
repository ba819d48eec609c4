import type { RoomAlias, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { PublicRoom } from "./ports.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

export interface PublicRoomsQuery {
	readonly userId: UserId;
	readonly text: string;
	readonly cursor?: string | undefined;
	readonly limit: number;
}

/** Rooms of this server that anybody of it may join, those with the most people first. Throws `bad-input` for a foreign cursor. */
export const findPublicRooms = async (
	{ directory }: RoomsDependencies,
	{ userId, text, cursor, limit }: PublicRoomsQuery,
): Promise<{ items: readonly PublicRoom[]; nextCursor?: string }> => {
	const wanted = text.trim().normalize("NFC");
	// No stored text holds a control character or half a surrogate pair, and PostgreSQL refuses some of them.
	if (/[\p{Cc}\p{Cs}]/u.test(wanted)) return { items: [] };
	const after = cursor === undefined ? undefined : placeOf(cursor);
	const found = await directory.searchPublicRooms({ viewerId: userId, text: wanted, after, limit: limit + 1 });
	const items = found.slice(0, limit);
	const last = found.length > limit ? items.at(-1) : undefined;
	return { items, ...(last === undefined ? {} : { nextCursor: `${last.joinedCount}.${last.roomNid}` }) };
};

/**
 * What a room shows of itself under one of its aliases. Throws `not-found`, also for a room that is by invitation only:
 * that it exists is nobody's business.
 */
export const readPublicRoom = async (
	{ directory }: RoomsDependencies,
	{ userId, alias }: { readonly userId: UserId; readonly alias: RoomAlias },
): Promise<PublicRoom> => {
	const room = await directory.publicRoomOfAlias(alias, userId);
	if (room === undefined) throw new AppError("not-found");
	return { ...room, alias };
};

const placeOf = (cursor: string): { readonly joinedCount: number; readonly roomNid: number } => {
	const [, joinedCount, roomNid] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
	if (joinedCount === undefined || roomNid === undefined) throw new AppError("bad-input", { detail: "cursor" });
	return { joinedCount: Number(joinedCount), roomNid: Number(roomNid) };
};
