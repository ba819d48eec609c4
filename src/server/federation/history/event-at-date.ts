import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { getInteger, getString } from "../../../../federation/json/json-object.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { Timeline } from "../../timeline/public.ts";
import { type HistoryBrought, type HistoryDependencies, serversToAsk } from "./bring-history.ts";

export interface DateQuery {
	readonly roomId: RoomId;
	/** The beginning of the day where the reader is, in milliseconds since the Unix epoch. */
	readonly ts: number;
}

interface DateDependencies extends Pick<HistoryDependencies, "graph" | "history" | "peers" | "serverName" | "silent"> {
	readonly timeline: Pick<Timeline, "closestMessage">;
	/** Brings a piece of what was before that which is stored. */
	readonly bring: (roomId: RoomId) => Promise<HistoryBrought>;
}

/** Two thousand events: who goes further back goes on from there. */
const mostRounds = 20;
const timeoutMs = 10_000;

/**
 * The first message of a day, or where there is none from that day on, the last one before it. Where this server's copy
 * begins later, others are asked whether there was anything then, and for what lies between. Throws `not-found`, and
 * `history-away` when what was then is on servers that nobody can ask now.
 * Source: Matrix v1.19 Server-Server API, "GET /timestamp_to_event".
 */
export const eventAtDate = async (
	dependencies: DateDependencies,
	viewerId: UserId,
	{ roomId, ts }: DateQuery,
): Promise<{ readonly eventId: EventId }> => {
	const { timeline, bring } = dependencies;
	let isAway = false;
	for (let round = 1; ; round += 1) {
		const found = await timeline.closestMessage(viewerId, { roomId, ts });
		// What is stored reaches back before the day: there is nothing nearer elsewhere.
		if (found.hasEarlier || round > mostRounds) return chosen(found, isAway);
		if (round === 1 && !(await isThereEarlier(dependencies, roomId, ts))) return chosen(found, false);
		const { kind } = await bring(roomId);
		isAway = kind === "unreachable";
		if (kind !== "brought") return chosen(await timeline.closestMessage(viewerId, { roomId, ts }), isAway);
	}
};

const chosen = ({ eventId }: { readonly eventId: EventId | undefined }, isAway: boolean): { eventId: EventId } => {
	if (isAway) throw new AppError("history-away");
	if (eventId === undefined) throw new AppError("not-found");
	return { eventId };
};

/** Whether some other server knows of anything from that day on that is older than what is stored here. */
const isThereEarlier = async (dependencies: DateDependencies, roomId: RoomId, ts: number): Promise<boolean> => {
	const { graph, history, silent } = dependencies;
	const room = await graph.room(roomId);
	const ends = room === undefined ? [] : await history.endsOf(room.nid, 20);
	if (room === undefined || ends.length === 0) return false;
	for (const server of await serversToAsk(dependencies, room.nid, ends)) {
		if (silent.isSilent(server)) continue;
		const eventId = await askForEventAt(dependencies, server, { roomId, ts });
		if (eventId === undefined) continue;
		return (await graph.find([eventId])).get(eventId)?.position === undefined;
	}
	return true;
};

const askForEventAt = async (
	{ peers, silent }: DateDependencies,
	server: ServerName,
	{ roomId, ts }: DateQuery,
): Promise<EventId | undefined> => {
	const uri = `/_matrix/federation/v1/timestamp_to_event/${encodeURIComponent(roomId)}?ts=${ts}&dir=f`;
	const answer = await peers.request(server, { method: "GET", uri, timeoutMs });
	if (answer.kind === "unreachable") silent.note(server);
	if (answer.kind !== "answered" || getInteger(answer.content, "origin_server_ts") === undefined) return undefined;
	return parseEventId(getString(answer.content, "event_id") ?? "");
};
