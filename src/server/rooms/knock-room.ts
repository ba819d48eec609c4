import type { RoomId } from "../../../federation/identifiers/identifier-types.ts";
import { findHere, type JoinInput } from "./change-membership.ts";
import { profilesOf, type RoomsDependencies } from "./rooms-dependencies.ts";
import { shownProfile } from "./shown-profile.ts";

export interface KnockInput extends JoinInput {
	/** Why, for whoever decides. */
	readonly reason?: string | undefined;
}

/**
 * Asks to be let into a room, here or through another server. Asking again, and being in or invited already, is success.
 * Throws `forbidden` where the room lets nobody ask, `not-found`, and the codes of a server that cannot be asked.
 */
export const knockRoom = async (dependencies: RoomsDependencies, input: KnockInput): Promise<RoomId> => {
	const { userId, room, via = [], reason } = input;
	const shown = shownProfile(await profilesOf(dependencies, [userId]), userId);
	const content = { ...shown, ...(reason === undefined || reason === "" ? {} : { reason }) };
	const found = await findHere(dependencies, room);
	const elsewhere = found === undefined ? await dependencies.remote.knock({ userId, room, via, content }) : undefined;
	if (elsewhere?.kind === "knocked") return elsewhere.roomId;
	const roomId = found ?? elsewhere?.roomId;
	if (roomId === undefined) throw new Error("a room is here or elsewhere");
	await dependencies.lane.submit({
		rooms: [roomId],
		users: [userId],
		plan: (context) => {
			const draft = context.room(roomId);
			const now = draft.state("m.room.member", userId)?.content["membership"];
			if (now === "join" || now === "invite" || now === "knock") return;
			const knock = { membership: "knock", ...content };
			draft.add({ type: "m.room.member", stateKey: userId, sender: userId, content: knock });
		},
	});
	return roomId;
};
