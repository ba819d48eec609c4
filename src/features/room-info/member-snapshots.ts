import { BadgeCheck, Ban, LockOpen, MailX, ShieldCheck, ShieldHalf, UserMinus, UserRound } from "lucide-react";
import type { PersonTrust } from "../../client/crypto/verification-call.ts";
import { presenceText } from "../../shared/text/presence.ts";
import "../../shared/text/en/verification.ts";
import { text } from "../../shared/text/text.ts";
import type { WireMember, WireRoomDetails } from "../../shared/wire/room.ts";
import type { WirePresence } from "../../shared/wire/sync.ts";
import { choicesFor, type MemberChoice } from "./member-choices.ts";
import type { MemberSnapshot } from "./member-line-view.tsx";

const icons = {
	makeAdmin: ShieldCheck,
	makeModerator: ShieldHalf,
	makeMember: UserRound,
	kick: UserMinus,
	withdraw: MailX,
	ban: Ban,
	unban: LockOpen,
	verify: BadgeCheck,
} as const;

const roleOrder = { owner: 0, admin: 1, moderator: 2, member: 3 } as const;

/** The reader: what they may do is absent where nothing is to be done about others. */
interface Own {
	readonly userId: string;
	readonly rights: Pick<WireRoomDetails, "ownRole" | "permissions"> | undefined;
	/** How people stand with the reader, as far as that is known. */
	readonly trust: ReadonlyMap<string, PersonTrust>;
}

/** Who is there, and when it is now. */
interface Presences {
	readonly presence: ReadonlyMap<string, WirePresence>;
	readonly now: number;
}

type Choose = (member: WireMember, choice: MemberChoice) => void;

/** The people of a room by what they are to it, those with a role first. */
export function memberSnapshots(
	members: readonly WireMember[],
	{ presence, now, ...own }: Own & Presences,
	choose: Choose,
) {
	const sorted = [...members].sort(
		(a, b) => roleOrder[a.role] - roleOrder[b.role] || a.displayName.localeCompare(b.displayName),
	);
	const those = (membership: WireMember["membership"]) =>
		sorted
			.filter((member) => member.membership === membership)
			.map((member) => ({
				...snapshot(member, own, choose),
				isOnline: presence.get(member.userId)?.isOnline === true,
				presence: capital(presenceText(presence.get(member.userId), now)),
			}));
	return { joined: those("join"), invited: those("invite"), asking: those("knock"), banned: those("ban") };
}

/** As it begins a line of its own. */
function capital(words: string | undefined): string | undefined {
	return words && words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function snapshot(member: WireMember, own: Own, choose: Choose): Omit<MemberSnapshot, "isOnline" | "presence"> {
	const { rights } = own;
	const trust = own.trust.get(member.userId);
	const byRank = rights === undefined ? [] : choicesFor(member, { ...rights, userId: own.userId });
	const canVerify = member.membership === "join" && trust !== undefined && trust !== "verified" && trust !== "none";
	const choices: readonly MemberChoice[] = canVerify ? ["verify", ...byRank] : byRank;
	// The two of a direct chat are equals: no word about it is needed.
	const hasRole = rights !== undefined && member.role !== "member" && member.membership === "join";
	return {
		userId: member.userId,
		name: member.displayName,
		picture: member.avatarUrl,
		isSelf: member.userId === own.userId,
		isVerified: trust === "verified",
		role: hasRole ? text(`role.${member.role}`) : undefined,
		items: choices.map((choice) => ({
			id: choice,
			icon: icons[choice],
			label: choice === "verify" ? text("verified.ask") : text(`member.${choice}`),
			isDanger: choice === "kick" || choice === "ban",
			onChoose: () => choose(member, choice),
		})),
	};
}
