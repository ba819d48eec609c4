import type { WireMember, WireRole, WireRoomDetails } from "../../shared/wire/room.ts";

/** What can be done with a member; the server has the last word on each. */
export type MemberChoice =
	| "makeAdmin"
	| "makeModerator"
	| "makeMember"
	| "kick"
	| "withdraw"
	| "ban"
	| "unban"
	| "verify";

const rank: Readonly<Record<WireRole, number>> = { owner: 3, admin: 2, moderator: 1, member: 0 };

/**
 * The choices worth offering. Owners are the room's creators: nobody changes their role. Nobody acts on a person of the
 * own rank or above, and nobody gives a role above the own.
 */
export function choicesFor(
	member: WireMember,
	own: Pick<WireRoomDetails, "ownRole" | "permissions"> & { readonly userId: string },
): readonly MemberChoice[] {
	const ownRank = rank[own.ownRole];
	const theirRank = rank[member.role];
	if (member.userId === own.userId || theirRank >= ownRank) return [];
	const { setRoles, kick, ban } = own.permissions;
	switch (member.membership) {
		case "ban":
			return ban && kick ? ["unban"] : [];
		case "invite":
			return kick ? ["withdraw"] : [];
		case "join":
			return [...(setRoles ? rolesFor(theirRank, ownRank) : []), ...(kick ? kickOnly : []), ...(ban ? banOnly : [])];
		case "leave":
		case "knock":
			return [];
	}
}

const kickOnly = ["kick"] as const;
const banOnly = ["ban"] as const;

function rolesFor(theirRank: number, ownRank: number): readonly MemberChoice[] {
	const all = [
		{ choice: "makeAdmin", rank: rank.admin },
		{ choice: "makeModerator", rank: rank.moderator },
		{ choice: "makeMember", rank: rank.member },
	] as const;
	return all.filter((one) => one.rank <= ownRank && one.rank !== theirRank).map((one) => one.choice);
}
