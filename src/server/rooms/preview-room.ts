import { AppError } from "../../shared/app-error.ts";
import { findHere, type JoinInput } from "./change-membership.ts";
import type { RoomPreview } from "./ports.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

/**
 * What a room shows of itself before one joins it: by its address, here or elsewhere. Throws `not-found`, also for a room of
 * this server that nobody may join or ask to: that it exists is nobody's business; and the codes of a server that cannot
 * be asked.
 */
export const previewRoom = async (dependencies: RoomsDependencies, input: JoinInput): Promise<RoomPreview> => {
	const { userId, room, via = [] } = input;
	const roomId = await findHere(dependencies, room);
	if (roomId === undefined) return dependencies.remote.preview({ userId, room, via });
	const found = await dependencies.directory.shownRoom(roomId, userId);
	if (found === undefined) throw new AppError("not-found");
	return { ...found, via: [] };
};
