import { authStateOf } from "../../../federation/authorization/auth-state.ts";
import { actionPowerLevel, hasLevel, userPowerLevel } from "../../../federation/authorization/power-levels.ts";
import type { TimelineStore } from "./ports.ts";

/** True for who may let in those who ask, and refuse them: who invites and removes. */
export type MayLetIn = (userId: string) => boolean;

/** Of each room, whose the answer is to those who ask to be let in. */
export const readDoorkeepers = async (
	store: Pick<TimelineStore, "readRoleState">,
	roomNids: readonly number[],
): Promise<ReadonlyMap<number, MayLetIn>> => {
	const found = new Map<number, MayLetIn>();
	for (const roomNid of new Set(roomNids)) {
		const { version, events } = await store.readRoleState(roomNid);
		const state = authStateOf(events);
		found.set(roomNid, (userId) => {
			const level = userPowerLevel(state, userId, version);
			return (["invite", "kick"] as const).every((action) => hasLevel(level, actionPowerLevel(state, action, version)));
		});
	}
	return found;
};
