import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import type { RoomSnapshot } from "./ports.ts";
import { roomPermissions } from "./room-permissions.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

/** So many leave in one transaction: others write in between. */
const leavingAtOnce = 100;

export interface ClosedRoom {
	/** People of this server who were in it, invited or waiting to be let in. */
	readonly count: number;
	/** False: nobody of this server may say who can join, so that people can come back through others. */
	readonly isShut: boolean;
}

/**
 * Ends a room as far as this server's people are concerned, for its owner: whoever of them may shuts the door, then all of
 * them leave. What was said stays where it is. Done again it goes on where it broke.
 */
export const closeRoom = async (dependencies: RoomsDependencies, roomId: RoomId): Promise<ClosedRoom> => {
	const people = await dependencies.directory.localPeopleOf(roomId);
	const isShut = await shutDoor(dependencies, roomId, people);
	for (let start = 0; start < people.length; start += leavingAtOnce) {
		const leaving = people.slice(start, start + leavingAtOnce);
		await dependencies.lane.submit({
			rooms: [roomId],
			users: leaving,
			plan: (context) => leave(context.room(roomId), leaving),
		});
	}
	return { count: people.length, isShut };
};

const leave = (draft: RoomDraft, people: readonly UserId[]): void => {
	for (const userId of people) {
		const now = draft.state("m.room.member", userId)?.content["membership"];
		if (now !== "join" && now !== "invite" && now !== "knock") continue;
		draft.add({ type: "m.room.member", stateKey: userId, sender: userId, content: { membership: "leave" } });
	}
};

const shutDoor = async (
	{ directory, lane }: RoomsDependencies,
	roomId: RoomId,
	people: readonly UserId[],
): Promise<boolean> => {
	const snapshot = await directory.snapshot(roomId, people);
	if (snapshot === undefined || isShut(snapshot)) return true;
	const { state, version } = snapshot;
	const keeper = people.find((userId) => roomPermissions(state, userId, version).setJoinRule);
	if (keeper === undefined) return false;
	await lane.submit({
		rooms: [roomId],
		users: [keeper],
		plan: (context) => {
			const content = { join_rule: "invite" };
			context.room(roomId).add({ type: "m.room.join_rules", stateKey: "", sender: keeper, content });
		},
	});
	return true;
};

const isShut = ({ state }: RoomSnapshot): boolean =>
	["invite", "private"].includes(String(state.get("m.room.join_rules", "")?.content["join_rule"] ?? "invite"));
