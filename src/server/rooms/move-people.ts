import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { getString, jsonObject } from "../../../federation/json/json-object.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import type { PendingMove } from "./ports.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

/** So many people are taken over in one transaction: others write in between. */
export const peopleAtOnce = 100;

/** Somebody of the old room who has no membership in the new one. */
interface LeftBehind {
	readonly userId: UserId;
	readonly membership: "ban" | "join" | "invite";
}

/** Whom the new room lacks: the banned first, so that they are kept out before anybody is let in. */
export const peopleLeft = (old: RoomDraft, next: RoomDraft): readonly LeftBehind[] =>
	(["ban", "join", "invite"] as const).flatMap((membership) =>
		membersOf(old, membership)
			.filter((userId) => next.state("m.room.member", userId) === undefined)
			.map((userId) => ({ userId, membership })),
	);

/** The people of a room whose membership it is. */
export const membersOf = (draft: RoomDraft, membership: string): readonly UserId[] =>
	[...draft.head.members.values()].flatMap((entry) =>
		entry !== undefined && entry.event.content["membership"] === membership ? [entry.event.stateKey as UserId] : [],
	);

/** Whoever was in is in again; whoever was invited is invited again; whoever was banned stays banned. */
export const movePeople = (
	old: RoomDraft,
	next: RoomDraft,
	move: { readonly userId: UserId; readonly people: readonly LeftBehind[] },
): void => {
	const member = (by: UserId, userId: UserId, membership: string): void => {
		const content = { membership, ...(membership === "ban" ? {} : shown(old, userId)) };
		next.add({ type: "m.room.member", sender: by, stateKey: userId, content });
	};
	const isPublic = getString(next.state("m.room.join_rules")?.content ?? jsonObject(), "join_rule") === "public";
	for (const { userId, membership } of move.people) {
		if (userId === move.userId) continue;
		const comesIn = membership === "join" && userId.endsWith(`:${next.context.signer.serverName}`);
		if (membership === "ban") member(move.userId, userId, "ban");
		else if (!(isPublic && comesIn)) member(move.userId, userId, "invite");
		if (comesIn) member(userId, userId, "join");
	}
};

/** How a person was shown in a room. */
export const shown = (draft: RoomDraft, userId: UserId): { displayname?: string; avatar_url?: string } => {
	const content = draft.state("m.room.member", userId)?.content ?? jsonObject();
	const displayname = getString(content, "displayname");
	const avatarUrl = getString(content, "avatar_url");
	return {
		...(displayname === undefined ? {} : { displayname }),
		...(avatarUrl === undefined ? {} : { avatar_url: avatarUrl }),
	};
};

/** Takes over everybody who is left behind, however often it is begun: each step is whole and looks at who is missing. */
export const finishMove = async (dependencies: RoomsDependencies, move: PendingMove): Promise<void> => {
	try {
		for (let hasMore = true; hasMore; ) hasMore = await step(dependencies, move);
	} catch (error) {
		if (!(error instanceof AppError && error.code === "forbidden")) throw error;
		// The new room no longer lets whoever upgraded bring people in, and that is its own to decide.
		await dependencies.lane.submit({
			rooms: [move.oldRoomId],
			users: [],
			plan: (context) => {
				const old = context.room(move.oldRoomId);
				old.rows.movesDone.push(old.row.nid);
			},
		});
	}
};

/** True while there are more. The last step opens the new room's door as wide as the old one's. */
const step = (dependencies: RoomsDependencies, { oldRoomId, newRoomId, userId }: PendingMove): Promise<boolean> =>
	dependencies.lane.submit({
		rooms: [oldRoomId, newRoomId],
		users: "all",
		plan: (context) => {
			const old = context.room(oldRoomId);
			const next = context.room(newRoomId);
			const left = peopleLeft(old, next);
			movePeople(old, next, { userId, people: left.slice(0, peopleAtOnce) });
			if (left.length > peopleAtOnce) return true;
			const door = old.state("m.room.join_rules")?.content;
			if (door !== undefined && door["join_rule"] !== next.state("m.room.join_rules")?.content["join_rule"]) {
				next.add({ type: "m.room.join_rules", stateKey: "", sender: userId, content: door });
			}
			old.rows.movesDone.push(old.row.nid);
			return false;
		},
	});

/** Takes up the upgrades that a process which ended left unfinished. */
export const finishMoves = async (dependencies: RoomsDependencies): Promise<void> => {
	for (const move of await dependencies.directory.pendingMoves()) await finishMove(dependencies, move);
};
