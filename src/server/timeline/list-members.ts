import { type AuthState, authStateOf } from "../../../federation/authorization/auth-state.ts";
import { creatorsIn } from "../../../federation/authorization/creators.ts";
import { powerLevelsIn } from "../../../federation/authorization/power-levels.ts";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../federation/room-versions/room-version.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireMember, WireMembership } from "../../shared/wire/room.ts";
import type { RoomMember, TimelineStore } from "./ports.ts";
import { roleOf } from "./role.ts";

export interface MembersQuery {
	readonly roomId: RoomId;
	/** A part of the name or the beginning of the id. */
	readonly text?: string | undefined;
	readonly membership?: WireMembership | undefined;
	/** The last user id of the page before. */
	readonly cursor?: string | undefined;
	readonly limit: number;
}

export interface MembersPage {
	readonly items: WireMember[];
	readonly nextCursor?: string;
}

/** People with a role lead the first page; of more than so many the rest stand among the others. */
const leadersAtMost = 100;
const leaderLevel = 50;
const rank = { owner: 0, admin: 1, moderator: 2, member: 3 } as const;

/**
 * Who is in the room, invited, knocking or banned: on the first page those with a role, then `limit` others by user id. A
 * search is by user id alone. Throws `not-found`, and `not-a-member` for whoever is not in it.
 */
export const listMembers = async (
	store: TimelineStore,
	viewerId: UserId,
	{ roomId, text = "", membership, cursor = "", limit }: MembersQuery,
): Promise<MembersPage> => {
	// No text of the database holds one; a cursor that was handed out has none.
	if (cursor.includes("\u0000")) throw new AppError("bad-input", { detail: "cursor" });
	const access = await store.findAccess(viewerId, roomId);
	if (access?.membership === undefined) throw new AppError("not-found");
	if (access.membership !== "join") throw new AppError("not-a-member");
	const wanted = text.trim().normalize("NFC").replace(/^@/, "");
	if (/[\p{Cc}\p{Cs}]/u.test(wanted)) return { items: [] };
	const { roomNid } = access;
	const { version, events } = await store.readRoleState(roomNid);
	const state = authStateOf(events);
	const leaders = wanted === "" ? leadersIn(state, version) : [];
	const [led, found] = await Promise.all([
		cursor === "" && leaders.length > 0 ? store.findMembers(roomNid, leaders) : [],
		store.listMembers(roomNid, { after: cursor, limit: limit + 1, text: wanted, membership, exceptUserIds: leaders }),
	]);
	const shown = found.slice(0, limit);
	const last = found.length > limit ? shown.at(-1) : undefined;
	const toWire = (member: RoomMember): WireMember => toWireMember(member, state, version);
	const first = led.filter((member) => membership === undefined || member.membership === membership).map(toWire);
	return {
		items: [...first.sort((a, b) => rank[a.role] - rank[b.role]), ...shown.map(toWire)],
		...(last === undefined ? {} : { nextCursor: last.userId }),
	};
};

const leadersIn = (state: AuthState, version: RoomVersion): readonly string[] => {
	const levels = powerLevelsIn(state, version)?.users ?? new Map<string, number>();
	const named = [...levels].filter(([, level]) => level >= leaderLevel).map(([userId]) => userId);
	return [...new Set([...creatorsIn(state, version), ...named])].slice(0, leadersAtMost);
};

const toWireMember = (member: RoomMember, state: AuthState, version: RoomVersion): WireMember => ({
	userId: member.userId,
	displayName: member.displayName ?? member.userId,
	...(member.avatarUrl === undefined ? {} : { avatarUrl: member.avatarUrl }),
	membership: member.membership,
	role: roleOf(state, member.userId, version),
});
