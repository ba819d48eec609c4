import type { RoomId, ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AppendLane } from "./append/append-lane.ts";
import type { RoomDirectory } from "./ports.ts";
import type { WriteLimiter } from "./write-limiter.ts";

/** What the use cases of this area are given. */
export interface RoomsDependencies {
	readonly lane: AppendLane;
	readonly directory: RoomDirectory;
	readonly limiter: WriteLimiter;
	readonly serverName: ServerName;
	readonly defaultVersion: RoomVersion;
	/** An unguessable name for rooms of versions before 12. */
	randomRoomId(): RoomId;
}

/** The display names of people of this server. Throws `remote-not-supported` or `user-unknown` for anybody else. */
export const localNames = async (
	dependencies: RoomsDependencies,
	userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, string>> => {
	if (userIds.some((userId) => userIdServer(userId) !== dependencies.serverName)) {
		throw new AppError("remote-not-supported");
	}
	const names = await dependencies.directory.displayNamesOf(userIds);
	if (userIds.some((userId) => !names.has(userId))) throw new AppError("user-unknown");
	return names;
};
