import { invalidParam, missingParam } from "../../../../federation/handshakes/refusal.ts";
import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import { getInteger, getValue, isJsonArray, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../federation/json/json-value.ts";
import { admitServer, type RoomQuestion } from "./admit-server.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";
import { pduAnswer } from "./pdu-answer.ts";
import { showEvents } from "./show-events.ts";

/** In one answer, whatever is asked for. */
const mostEvents = 100;
/** Events that a question names; the specification has no bound, and a room seldom has more ends. */
const mostNamed = 100;
/** What `get_missing_events` means when it does not say. */
const fewEvents = 10;

/**
 * `GET /backfill/{roomId}`: the named events and those before them, the newest first. As a walk goes along `prev_events`,
 * soft-failed events are among them where something refers to them.
 */
export const answerBackfill = async (
	dependencies: AnsweringDependencies,
	question: RoomQuestion & { readonly from: readonly string[]; readonly limit: string | null },
): Promise<Answer> => {
	if (question.from.length === 0) return missingParam("v");
	if (question.limit === null) return missingParam("limit");
	if (!/^\d{1,9}$/.test(question.limit)) return invalidParam("limit is no number");
	const admission = await admitServer(dependencies, question);
	if (admission.kind === "refused") return admission;
	const { room } = admission;
	const limit = Math.min(Number(question.limit), mostEvents);
	const from = eventIdsOf(question.from);
	const eventIds = await dependencies.store.walkBack({ roomNid: room.nid, from, except: [], minDepth: 0, limit });
	const shown = await showEvents(dependencies, { origin: question.origin, room }, eventIds);
	return pduAnswer(
		dependencies,
		shown.toSorted((one, other) => other.event.depth - one.event.depth),
	);
};

/** `POST /get_missing_events/{roomId}`: what is between the newest events that a server has and those that it got. */
export const answerMissingEvents = async (
	dependencies: AnsweringDependencies,
	question: RoomQuestion & { readonly content: JsonObject },
): Promise<Answer> => {
	const { content, origin } = question;
	const latest = namedIn(content, "latest_events");
	const earliest = namedIn(content, "earliest_events");
	if (latest === undefined) return missingParam("latest_events");
	if (earliest === undefined) return missingParam("earliest_events");
	const admission = await admitServer(dependencies, question);
	if (admission.kind === "refused") return admission;
	const { room } = admission;
	const limit = Math.min(Math.max(getInteger(content, "limit") ?? fewEvents, 0), mostEvents);
	const found = await dependencies.store.walkBack({
		...{ roomNid: room.nid, from: latest, except: earliest },
		minDepth: Math.max(getInteger(content, "min_depth") ?? 0, 0),
		limit: limit + latest.length,
	});
	const missing = found.filter((eventId) => !latest.includes(eventId)).slice(0, limit);
	const shown = await showEvents(dependencies, { origin, room }, missing);
	const oldestFirst = shown.toSorted((one, other) => one.event.depth - other.event.depth);
	return { kind: "answered", content: jsonObject([["events", oldestFirst.map(({ json }) => json)]]) };
};

const namedIn = (content: JsonObject, key: string): readonly EventId[] | undefined => {
	const named: JsonValue | undefined = getValue(content, key);
	return isJsonArray(named) ? eventIdsOf(named) : undefined;
};

/** What is no event id names nothing. */
const eventIdsOf = (texts: readonly JsonValue[]): readonly EventId[] =>
	texts.slice(0, mostNamed).flatMap((text) => (typeof text === "string" ? (parseEventId(text) ?? []) : []));
