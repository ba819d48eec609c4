import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomGraph } from "../../rooms/public.ts";
import type { WaitingPdu } from "./ports.ts";
import { pduOf } from "./settle-received.ts";

/**
 * Whether an event stands on what is here, in a room whose members are still arriving: what it lacks then is its writer, or
 * others of whom nothing is known yet. It is one question for each of them, and no gap.
 */
export const lacksPeopleOnly = async (graph: RoomGraph, waiting: WaitingPdu): Promise<boolean> => {
	const room = await graph.room(waiting.roomId);
	if (room?.areMembersArriving !== true) return false;
	const parsed = parseEvent(pduOf(waiting), room.version);
	if (parsed.kind !== "ok") return false;
	const { prevEvents } = parsed.event;
	const found = await graph.find(prevEvents);
	return prevEvents.every((id) => found.get(id)?.stateGroupId !== undefined);
};
