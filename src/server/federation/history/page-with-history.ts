import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { Timeline } from "../../timeline/public.ts";
import { bringHistory, type HistoryBrought, type HistoryDependencies } from "./bring-history.ts";

export interface PagingDependencies extends HistoryDependencies {
	readonly timeline: Pick<Timeline, "page">;
	readonly clock: { now(): number };
}

type Page = Timeline["page"];

export interface Paging {
	readonly page: Page;
}

/** What is brought may be hidden from the reader: after so many rounds without anything to show, the page is an end. */
const mostRounds = 5;
/** A room whose older events nobody has is not asked for again before this. */
const noneMs = 10 * 60_000;
const unreachableMs = 10_000;

/**
 * Pages of a room's timeline that go on, backwards, where this server's own copy ends: others are asked for what was
 * before. Throws, besides what `page` throws, `unavailable` when nobody could be asked.
 */
export const createPaging = (dependencies: PagingDependencies): Paging => {
	const { timeline, graph, history, clock } = dependencies;
	const running = new Map<RoomId, Promise<HistoryBrought>>();
	const settled = new Map<RoomId, number>();
	const hasOlder = async (roomId: RoomId): Promise<boolean> => {
		if ((settled.get(roomId) ?? 0) > clock.now()) return false;
		const room = await graph.room(roomId);
		return room !== undefined && (await history.endsOf(room.nid, 1)).length > 0;
	};
	/** Readers of one room wait for one answer. */
	const bring = (roomId: RoomId): Promise<HistoryBrought> => {
		const under = running.get(roomId);
		if (under !== undefined) return under;
		const brought = bringHistory(dependencies, roomId).finally(() => running.delete(roomId));
		running.set(roomId, brought);
		return brought;
	};
	const page: Page = async (viewerId: UserId, query) => {
		for (let round = 1; ; round += 1) {
			const found = await timeline.page(viewerId, query);
			const isEnd = query.direction === "backwards" && found.nextCursor === undefined;
			if (!isEnd || round > mostRounds || !(await hasOlder(query.roomId))) return found;
			const [oldest] = found.items;
			// What is here is shown at once; whoever reads on waits for the others.
			if (oldest !== undefined) return { ...found, nextCursor: oldest.position };
			const { kind } = await bring(query.roomId);
			if (kind === "brought") continue;
			if (kind === "unreachable") throw new AppError("unavailable", { retryAfterMs: unreachableMs });
			keepSettled(settled, query.roomId, clock.now() + noneMs);
			return found;
		}
	};
	return { page };
};

const mostSettled = 10_000;

const keepSettled = (settled: Map<RoomId, number>, roomId: RoomId, until: number): void => {
	const [oldest] = settled.keys();
	if (settled.size >= mostSettled && oldest !== undefined) settled.delete(oldest);
	settled.set(roomId, until);
};
