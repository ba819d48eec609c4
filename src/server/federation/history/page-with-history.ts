import type { RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { Timeline } from "../../timeline/public.ts";
import { bringHistory, type HistoryBrought, type HistoryDependencies, serversToAsk } from "./bring-history.ts";
import { type DateQuery, eventAtDate } from "./event-at-date.ts";
import { createSilentServers } from "./silent-servers.ts";

export interface PagingDependencies extends Omit<HistoryDependencies, "silent"> {
	readonly timeline: Pick<Timeline, "page" | "closestMessage">;
	readonly clock: { now(): number };
}

type TimelinePage = Awaited<ReturnType<Timeline["page"]>>;

export interface PagedQuery {
	/** True: servers that did not answer a moment ago are asked all the same. */
	readonly isRetry?: boolean | undefined;
}

/** A page, and where older messages come from: other servers, which the next page asks. */
export type PageWithHistory = TimelinePage & { readonly olderFrom?: ServerName[] };

export interface Paging {
	readonly page: (viewerId: UserId, query: Parameters<Timeline["page"]>[1] & PagedQuery) => Promise<PageWithHistory>;
	readonly atDate: (viewerId: UserId, query: DateQuery) => ReturnType<typeof eventAtDate>;
}

/** What is brought may be hidden from the reader: after so many rounds without anything to show, the page is an end. */
const mostRounds = 5;
/** A room whose older events nobody has is not asked for again before this. */
const noneMs = 10 * 60_000;

/**
 * Pages of a room's timeline that go on, backwards, where this server's own copy ends: others are asked for what was
 * before. Throws, besides what `page` throws, `history-away` when nobody could be asked: at once, and without asking, for
 * some minutes after nobody answered.
 */
export const createPaging = (given: PagingDependencies): Paging => {
	const { timeline, graph, history, clock } = given;
	const dependencies = { ...given, silent: createSilentServers(clock) };
	const running = new Map<RoomId, Promise<HistoryBrought>>();
	const settled = new Map<RoomId, number>();
	/** The servers that have older events than this one; undefined: nobody, as far as is known. */
	const olderAt = async (roomId: RoomId): Promise<readonly ServerName[] | undefined> => {
		if ((settled.get(roomId) ?? 0) > clock.now()) return undefined;
		const room = await graph.room(roomId);
		const ends = room === undefined ? [] : await history.endsOf(room.nid, 1);
		return room === undefined || ends.length === 0 ? undefined : serversToAsk(dependencies, room.nid, ends);
	};
	/** Readers of one room wait for one answer. */
	const bring = (roomId: RoomId): Promise<HistoryBrought> => {
		const under = running.get(roomId);
		if (under !== undefined) return under;
		const brought = bringHistory(dependencies, roomId).finally(() => running.delete(roomId));
		running.set(roomId, brought);
		return brought;
	};
	const page: Paging["page"] = async (viewerId, query) => {
		for (let round = 1; ; round += 1) {
			const found = await timeline.page(viewerId, query);
			const isEnd = query.direction === "backwards" && found.nextCursor === undefined;
			const servers = isEnd && round <= mostRounds ? await olderAt(query.roomId) : undefined;
			if (servers === undefined) return found;
			const [oldest] = found.items;
			// What is here is shown at once; whoever reads on waits for the others.
			if (oldest !== undefined) return { ...found, nextCursor: oldest.position, olderFrom: [...servers] };
			if (query.isRetry === true && round === 1) for (const server of servers) dependencies.silent.forget(server);
			const { kind } = await bring(query.roomId);
			if (kind === "brought") continue;
			if (kind === "unreachable") throw new AppError("history-away");
			keepSettled(settled, query.roomId, clock.now() + noneMs);
			return found;
		}
	};
	return { page, atDate: (viewerId, query) => eventAtDate({ ...dependencies, bring }, viewerId, query) };
};

const mostSettled = 10_000;

const keepSettled = (settled: Map<RoomId, number>, roomId: RoomId, until: number): void => {
	const [oldest] = settled.keys();
	if (settled.size >= mostSettled && oldest !== undefined) settled.delete(oldest);
	settled.set(roomId, until);
};
