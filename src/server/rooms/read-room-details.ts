import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { parseRoomId } from "../../../federation/identifiers/room-id.ts";
import { userIdServer } from "../../../federation/identifiers/user-id.ts";
import { getObject, getString, jsonObject } from "../../../federation/json/json-object.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { type WireRoomDetails, wireRoomDetails } from "../../shared/wire/room.ts";
import { roleOf, type Timeline } from "../timeline/public.ts";
import type { RoomDirectory, RoomSnapshot } from "./ports.ts";
import { roomPermissions } from "./room-permissions.ts";

export interface RoomDetailsSources {
	readonly directory: RoomDirectory;
	readonly timeline: Timeline;
	/** The room version that an upgrade leads to. */
	readonly upgradeVersion: string;
	privacyOf(userId: UserId): Promise<WirePrivacy>;
}

/**
 * What the information pane of a room shows. Throws `not-found` for a room the person was never in, `not-a-member` for
 * one they left.
 */
export const readRoomDetails = async (
	sources: RoomDetailsSources,
	userId: UserId,
	roomId: RoomId,
): Promise<WireRoomDetails> => {
	const { directory, timeline } = sources;
	const snapshot = await directory.snapshot(roomId, [userId]);
	if (snapshot === undefined) throw new AppError("not-found");
	const rooms = await timeline.readSummaries([userId], [snapshot.roomNid]);
	// Of a room that is elsewhere the list knows of the invitation, and the state nothing.
	const summary = rooms.find((room) => room.viewerId === userId)?.summary;
	if (summary === undefined) {
		const wasThere = snapshot.state.get("m.room.member", userId) !== undefined;
		throw new AppError(wasThere ? "not-a-member" : "not-found");
	}
	const { membership } = summary;
	// Who only asks to join, or was refused, learns nothing of the room's inside.
	if (membership !== "join" && membership !== "invite") throw new AppError("not-a-member");
	const [progress, aliases, privacy, members] = await Promise.all([
		// Who is only invited learns nothing of what the members do.
		timeline.readProgress(userId, membership === "join" ? [snapshot.roomNid] : []),
		directory.aliasesOf(roomId),
		sources.privacyOf(userId),
		directory.memberList(roomId),
	]);
	const { reads, ...reached } = progress.get(snapshot.roomNid) ?? { reads: [] };
	return wireRoomDetails.parse({
		summary,
		version: snapshot.version.id,
		upgradeVersion: sources.upgradeVersion,
		...predecessorOf(snapshot),
		joinRule: contentText(snapshot, "m.room.join_rules", "join_rule") ?? "invite",
		historyVisibility: contentText(snapshot, "m.room.history_visibility", "history_visibility") ?? "shared",
		aliases: [...aliases],
		ownRole: roleOf(snapshot.state, userId, snapshot.version),
		permissions: roomPermissions(snapshot.state, userId, snapshot.version),
		...(members?.kind === "arriving" ? { membersArriving: { isFailing: members.lastError !== undefined } } : {}),
		// Who does not tell how far they have read is not told it of others.
		progress: { ...reached, reads: privacy.readReceipts ? reads : [] },
	});
};

const contentText = (snapshot: RoomSnapshot, type: string, key: string): string | undefined =>
	getString(snapshot.state.get(type, "")?.content ?? jsonObject(), key);

/** Who sees it may have never been there: the id alone shows nothing. Whoever made the room came from the other one. */
const predecessorOf = (
	snapshot: RoomSnapshot,
): { readonly predecessorRoomId?: string; readonly predecessorVia?: string[] } => {
	const create = snapshot.state.get("m.room.create", "");
	const predecessor = getObject(create?.content ?? jsonObject(), "predecessor");
	const roomId = parseRoomId((predecessor && getString(predecessor, "room_id")) ?? "");
	if (create === undefined || roomId === undefined) return {};
	return { predecessorRoomId: roomId, predecessorVia: [userIdServer(create.sender)] };
};
