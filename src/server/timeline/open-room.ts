import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomAccess, TimelineStore } from "./ports.ts";
import { loadSights, type Sight } from "./sight.ts";

/** A room opened for reading by one person. */
export interface OpenRoom {
	readonly roomNid: number;
	readonly access: RoomAccess;
	readonly sight: Sight;
	/** The stream's position before anything was read. */
	readonly asOf: number;
}

/**
 * Finds out what a person may see of a room. Throws `not-found` for a room that does not exist, was forgotten, or shows
 * nothing to somebody who was never part of it: who may not look in cannot tell these apart.
 */
export const openRoom = async (store: TimelineStore, viewerId: UserId, roomId: RoomId): Promise<OpenRoom> => {
	const [asOf, access] = await Promise.all([store.readHead(), store.findAccess(viewerId, roomId)]);
	if (access === undefined || access.isForgotten) throw new AppError("not-found");
	const sight = (await loadSights(store, [access]))(viewerId, access.roomNid);
	if (access.membership === undefined && sight.ranges.length === 0) throw new AppError("not-found");
	return { roomNid: access.roomNid, access, sight, asOf };
};
