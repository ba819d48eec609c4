import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RemoteJoin, RemoteJoinInput } from "./join-remote.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

export interface AcceptedKnock {
	readonly userId: UserId;
	readonly roomId: RoomId;
}

const tries = 5;
const pauseMs = 500;

/**
 * Lets somebody in who asked to join and was answered by an invitation. That invitation is here before it is in the room,
 * so that joining may take some tries; where it does not work, the invitation stands in the person's list.
 */
export const followAcceptedKnock = async (
	dependencies: MembershipDependencies,
	{ userId, roomId }: AcceptedKnock,
	join: (input: RemoteJoinInput) => Promise<RemoteJoin>,
): Promise<void> => {
	const { directory, log } = dependencies;
	const profile = (await directory.profilesOf([userId])).get(userId);
	const shown: JsonObject = {
		...(profile === undefined ? {} : { displayname: profile.displayName }),
		...(profile?.avatarUrl === undefined ? {} : { avatar_url: profile.avatarUrl }),
	};
	for (let at = 1; at <= tries; at += 1) {
		try {
			const joined = await join({ userId, room: roomId, via: [], shown });
			if (joined.kind === "joined" || (await joinHere(dependencies, { userId, roomId }, shown))) return;
		} catch (err) {
			if (at === tries) log.info({ err, room: roomId }, "somebody who was let into a room could not join it");
		}
		await dependencies.pause(pauseMs);
	}
};

/** False: the invitation has not come into the room yet. */
const joinHere = (
	{ lane }: MembershipDependencies,
	{ userId, roomId }: AcceptedKnock,
	shown: JsonObject,
): Promise<boolean> =>
	lane.submit({
		rooms: [roomId],
		users: [userId],
		plan: (context) => {
			const draft = context.room(roomId);
			const now = draft.state("m.room.member", userId)?.content["membership"];
			if (now === "join") return true;
			if (now !== "invite") return false;
			draft.add({
				type: "m.room.member",
				stateKey: userId,
				sender: userId,
				content: { membership: "join", ...shown },
			});
			return true;
		},
	});
