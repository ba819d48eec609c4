import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import type { TimelineStore } from "./ports.ts";
import { loadSights } from "./sight.ts";
import { isListed, summarise } from "./summarise.ts";

/** A row of somebody's chat list. */
export interface SummaryOf {
	readonly viewerId: UserId;
	readonly roomNid: number;
	readonly summary: WireRoomSummary;
}

/**
 * The rows of several people for several rooms, in at most four statements however many there are: what a change of a
 * room is told to all its subscribers with. Rooms that are in nobody's list are left out.
 */
export const readSummaries = async (
	store: TimelineStore,
	viewerIds: readonly UserId[],
	roomNids: readonly number[],
): Promise<readonly SummaryOf[]> => {
	if (viewerIds.length === 0 || roomNids.length === 0) return [];
	const found = await store.findRooms(viewerIds, roomNids);
	const views = found.filter(isListed);
	const summaries = await summarise(store, { views, sights: await loadSights(store, views) });
	return views.flatMap(({ viewerId, roomNid }, index) => {
		const summary = summaries[index];
		return summary === undefined ? [] : [{ viewerId, roomNid, summary }];
	});
};
