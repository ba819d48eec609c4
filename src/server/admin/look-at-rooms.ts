import type { RoomId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AdminRoom, AdminStore, NamedPerson } from "./ports.ts";

/** So many rooms are shown at once: words find the others. */
const mostRooms = 50;
const mostPeople = 50;

/** Rooms that people of this server are in. */
export const listRooms = async (
	store: AdminStore,
	text: string,
): Promise<{ items: readonly AdminRoom[]; hasMore: boolean }> => {
	// No name holds a control character or half a surrogate pair, and PostgreSQL refuses some of them.
	if (/[\p{Cc}\p{Cs}]/u.test(text)) return { items: [], hasMore: false };
	const found = await store.listRooms({ text: text.trim(), limit: mostRooms + 1 });
	return { items: found.slice(0, mostRooms), hasMore: found.length > mostRooms };
};

/** One of them, by its id or its address. Throws `not-found`. */
export const findRoom = async (store: AdminStore, name: string): Promise<AdminRoom> => {
	const room = /[\p{Cc}\p{Cs}]/u.test(name) ? undefined : await store.findRoom(name.trim());
	if (room === undefined) throw new AppError("not-found");
	return room;
};

/** Who of this server is in it. */
export const peopleIn = (store: AdminStore, roomId: RoomId): Promise<readonly NamedPerson[]> =>
	store.peopleIn(roomId, mostPeople);
