import type { EventId, RoomId } from "../../federation/identifiers/identifier-types.ts";
import { getInteger, getValue, jsonObject } from "../../federation/json/json-object.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { PeerAnswer, PeerRequest } from "../../federation/ports/peer-transport.ts";
import type { RoomGraph } from "../../src/server/rooms/public.ts";

/** A server that lets everybody read the rooms of a graph. */
export const answerFromGraph = (graph: RoomGraph): ((request: PeerRequest) => Promise<PeerAnswer>) => {
	const event = async (eventId: string) => (await graph.find([eventId as EventId])).get(eventId as EventId);
	const missing = async (content: JsonObject): Promise<readonly JsonObject[]> => {
		const limit = getInteger(content, "limit") ?? 10;
		const known = new Set(getValue(content, "earliest_events") as readonly EventId[]);
		const found = new Map<EventId, JsonObject>();
		let level = getValue(content, "latest_events") as readonly EventId[];
		while (level.length > 0 && found.size < limit) {
			const events = await graph.find(level);
			level = [...new Set([...events.values()].flatMap((stored) => stored.event.prevEvents))].filter(
				(id) => !known.has(id) && !found.has(id),
			);
			for (const [id, stored] of await graph.find(level)) if (found.size < limit) found.set(id, stored.event.json);
		}
		return [...found.values()].reverse();
	};
	const stateIds = async (eventId: string): Promise<readonly EventId[]> => {
		const [previous] = (await event(eventId))?.event.prevEvents ?? [];
		const group = previous === undefined ? undefined : (await event(previous))?.stateGroupId;
		return group === undefined ? [] : [...(await graph.stateOf(group)).values()].map((place) => place.eventId);
	};
	return async ({ uri, content = jsonObject() }) => {
		const url = new URL(uri, "https://example.org");
		const [kind = "", ...params] = url.pathname
			.replace("/_matrix/federation/v1/", "")
			.split("/")
			.map(decodeURIComponent);
		const about = url.searchParams.get("event_id") ?? params.at(-1) ?? "";
		const answer = (entries: readonly (readonly [string, readonly (JsonObject | string)[]])[]): PeerAnswer => ({
			kind: "answered",
			content: jsonObject(entries),
		});
		if ((await graph.room(params[0] as RoomId)) === undefined && kind !== "event") return notHere;
		if (kind === "get_missing_events") return answer([["events", await missing(content)]]);
		if (kind === "state_ids")
			return answer([
				["pdu_ids", await stateIds(about)],
				["auth_chain_ids", []],
			]);
		if (kind === "event") return answer([["pdus", [(await event(about))?.event.json ?? jsonObject()]]]);
		return notHere;
	};
};

const notHere: PeerAnswer = {
	kind: "refused",
	status: 404,
	errcode: "M_NOT_FOUND",
	message: "not here",
	retryAfterMs: undefined,
};
