import type { RoomId, ServerName, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { AppError } from "../../shared/app-error.ts";
import type { AppendLane } from "./append/append-lane.ts";
import type { Profile, RemoteRooms, RoomDirectory } from "./ports.ts";
import type { WriteLimiter } from "./write-limiter.ts";

/** What the use cases of this area are given. */
export interface RoomsDependencies {
	readonly lane: AppendLane;
	readonly directory: RoomDirectory;
	readonly remote: RemoteRooms;
	readonly limiter: WriteLimiter;
	/** Throws `bad-input` unless the address is of a picture that this person uploaded here. */
	requireOwnPicture(userId: UserId, url: string): Promise<void>;
	readonly serverName: ServerName;
	readonly defaultVersion: RoomVersion;
	/** An unguessable name for rooms of versions before 12. */
	randomRoomId(): RoomId;
}

/** True for people of other servers. */
export const isRemote = ({ serverName }: Pick<RoomsDependencies, "serverName">, userId: UserId): boolean =>
	userIdServer(userId) !== serverName;

/** Throws `invite-blocked` when one of these people of this server wants no invitation of that one. */
export const refuseBlocked = async (
	{ directory }: Pick<RoomsDependencies, "directory">,
	userId: UserId,
	inviteeIds: readonly UserId[],
): Promise<void> => {
	if ((await directory.whoBlocks(userId, inviteeIds)).length > 0) throw new AppError("invite-blocked");
};

/** How people want to be shown; those of other servers are asked for there. Throws `user-unknown` for nobody. */
export const profilesOf = async (
	dependencies: RoomsDependencies,
	userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, Profile>> => {
	const { directory, remote } = dependencies;
	const elsewhere = userIds.filter((userId) => isRemote(dependencies, userId));
	const here = userIds.filter((userId) => !isRemote(dependencies, userId));
	const profiles = await directory.profilesOf(here);
	if (here.some((userId) => !profiles.has(userId))) throw new AppError("user-unknown");
	const asked = await Promise.all(elsewhere.map(async (userId) => [userId, await remote.profileOf(userId)] as const));
	return new Map([...profiles, ...asked]);
};
