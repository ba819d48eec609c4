import { authStateOf } from "../../../federation/authorization/auth-state.ts";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireMember } from "../../shared/wire/room.ts";
import type { TimelineStore } from "./ports.ts";
import { roleOf } from "./role.ts";

export interface MembersQuery {
	readonly roomId: RoomId;
	/** The last user id of the page before. */
	readonly cursor?: string | undefined;
	readonly limit: number;
}

export interface MembersPage {
	readonly items: WireMember[];
	readonly nextCursor?: string;
}

/** Who is in the room, invited, knocking or banned, by user id. Throws `not-found`, and `not-a-member` for whoever is not in it. */
export const listMembers = async (
	store: TimelineStore,
	viewerId: UserId,
	{ roomId, cursor = "", limit }: MembersQuery,
): Promise<MembersPage> => {
	// No text of the database holds one; a cursor that was handed out has none.
	if (cursor.includes("\u0000")) throw new AppError("bad-input", { detail: "cursor" });
	const access = await store.findAccess(viewerId, roomId);
	if (access?.membership === undefined) throw new AppError("not-found");
	if (access.membership !== "join") throw new AppError("not-a-member");
	const [found, roleState] = await Promise.all([
		store.listMembers(access.roomNid, { after: cursor, limit: limit + 1 }),
		store.readRoleState(access.roomNid),
	]);
	const state = authStateOf(roleState.events);
	const shown = found.slice(0, limit);
	const last = found.length > limit ? shown.at(-1) : undefined;
	return {
		items: shown.map(({ userId, displayName, avatarUrl, membership }) => ({
			userId,
			displayName: displayName ?? userId,
			...(avatarUrl === undefined ? {} : { avatarUrl }),
			membership,
			role: roleOf(state, userId, roleState.version),
		})),
		...(last === undefined ? {} : { nextCursor: last.userId }),
	};
};
