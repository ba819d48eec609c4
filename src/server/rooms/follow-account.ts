import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { withoutKeys } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { leaveRoom } from "./change-membership.ts";
import { profilesOf, type RoomsDependencies } from "./rooms-dependencies.ts";
import { type ShownProfile, shownProfile } from "./shown-profile.ts";

/** Rooms that wait for the append lane at once: a person with many leaves room for everybody else's messages. */
const concurrentRooms = 8;

/**
 * Shows the person's present name and picture in every room they are in. A room that shows it already is left alone, so that a call
 * which broke half way can be made again.
 */
export const showProfile = async (dependencies: RoomsDependencies, userId: UserId): Promise<void> => {
	const shown = shownProfile(await profilesOf(dependencies, [userId]), userId);
	await inEach(await dependencies.directory.roomsOf(userId, ["join"]), (roomId) =>
		dependencies.lane.submit({
			rooms: [roomId],
			users: [userId],
			plan: (context) => {
				const draft = context.room(roomId);
				const content = draft.state("m.room.member", userId)?.content;
				if (content?.["membership"] !== "join" || isShown(content, shown)) return;
				const lasting = withoutKeys(content, [...ofJoining, "avatar_url"]);
				draft.add({
					type: "m.room.member",
					stateKey: userId,
					sender: userId,
					content: { ...lasting, ...shown },
				});
			},
		}),
	);
};

/** A reason, or who let the person in, belonged to the joining alone. */
const ofJoining = ["reason", "is_direct", "third_party_invite", "join_authorised_via_users_server"];

const isShown = (content: JsonObject, shown: ShownProfile): boolean =>
	content["displayname"] === shown.displayname && content["avatar_url"] === shown.avatar_url;

/** Leaves every room and turns every invitation down. */
export const leaveAllRooms = async (dependencies: RoomsDependencies, userId: UserId): Promise<void> => {
	const roomIds = await dependencies.directory.roomsOf(userId, ["join", "invite", "knock"]);
	await inEach(roomIds, (roomId) => leaveRoom(dependencies, { userId, roomId }));
};

const inEach = async (roomIds: readonly RoomId[], work: (roomId: RoomId) => Promise<unknown>): Promise<void> => {
	const waiting = roomIds.values();
	const worker = async (): Promise<void> => {
		for (const roomId of waiting) await work(roomId);
	};
	await Promise.all(Array.from({ length: concurrentRooms }, worker));
};
