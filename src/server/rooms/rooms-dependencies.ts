import type { RoomId, ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AppendLane } from "./append/append-lane.ts";
import type { Profile, RoomDirectory } from "./ports.ts";
import type { WriteLimiter } from "./write-limiter.ts";

/** What the use cases of this area are given. */
export interface RoomsDependencies {
	readonly lane: AppendLane;
	readonly directory: RoomDirectory;
	readonly limiter: WriteLimiter;
	/** Throws `bad-input` unless the address is of a picture that this person uploaded here. */
	requireOwnPicture(userId: UserId, url: string): Promise<void>;
	readonly serverName: ServerName;
	readonly defaultVersion: RoomVersion;
	/** An unguessable name for rooms of versions before 12. */
	randomRoomId(): RoomId;
}

/** How people of this server want to be shown. Throws `remote-not-supported` or `user-unknown` for anybody else. */
export const localProfiles = async (
	dependencies: RoomsDependencies,
	userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, Profile>> => {
	if (userIds.some((userId) => userIdServer(userId) !== dependencies.serverName)) {
		throw new AppError("remote-not-supported");
	}
	const profiles = await dependencies.directory.profilesOf(userIds);
	if (userIds.some((userId) => !profiles.has(userId))) throw new AppError("user-unknown");
	return profiles;
};
