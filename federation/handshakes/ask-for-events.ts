/**
 * Asking other servers for what a room's graph lacks here: events before others, the state before one, single ones and the
 * ancestors by which they are allowed. Each is one request; what comes back is unchecked, and whoever asks bounds how often.
 * Source: Matrix v1.19 Server-Server API, "Backfilling and retrieving missing events", "Retrieving events".
 */

import { parseEventId } from "../identifiers/event-id.ts";
import type { EventId, RoomId, ServerName } from "../identifiers/identifier-types.ts";
import { getValue, isJsonArray, isJsonObject, jsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { PeerStreams } from "../ports/peer-streams.ts";
import type { PeerAnswer, PeerTransport } from "../ports/peer-transport.ts";

/** What a server gave, or why it gave nothing. */
export type Given<Content> = ({ readonly kind: "given" } & Content) | Exclude<PeerAnswer, { kind: "answered" }>;

/** Who is asked, about which room. */
export interface Asking {
	readonly peers: PeerTransport;
	readonly server: ServerName;
	readonly roomId: RoomId;
}

/** Who is asked for something that may be too long to be held. */
export interface AskingForLists extends Omit<Asking, "peers"> {
	readonly streams: PeerStreams;
}

/** Where a gap is: between what is stored and what came. */
export interface Gap {
	/** The newest events that are stored. */
	readonly earliest: readonly EventId[];
	/** Events whose previous ones are wanted. */
	readonly latest: readonly EventId[];
	/** Events that are less deep are not wanted. */
	readonly minDepth: number;
	/** How many events are wanted at most. */
	readonly limit: number;
}

/** Events between `earliest` and `latest`. */
export const askForMissingEvents = async (
	{ peers, server, roomId }: Asking,
	{ earliest, latest, minDepth, limit }: Gap,
): Promise<Given<{ readonly pdus: readonly JsonObject[] }>> => {
	const answer = await peers.request(server, {
		method: "POST",
		uri: `/_matrix/federation/v1/get_missing_events/${encodeURIComponent(roomId)}`,
		content: jsonObject([
			["earliest_events", earliest],
			["latest_events", latest],
			["limit", limit],
			["min_depth", minDepth],
		]),
	});
	return answer.kind === "answered" ? { kind: "given", pdus: objectsOf(answer.content, "events") } : answer;
};

/** Events and what was before them, the newest first as far as the server keeps to it. */
export const askForHistory = async (
	{ peers, server, roomId }: Asking,
	from: { readonly events: readonly EventId[]; readonly limit: number; readonly timeoutMs: number },
): Promise<Given<{ readonly pdus: readonly JsonObject[] }>> => {
	const query = [...from.events.map((eventId) => `v=${encodeURIComponent(eventId)}`), `limit=${from.limit}`].join("&");
	const answer = await peers.request(server, {
		method: "GET",
		uri: `/_matrix/federation/v1/backfill/${encodeURIComponent(roomId)}?${query}`,
		timeoutMs: from.timeoutMs,
	});
	return answer.kind === "answered" ? { kind: "given", pdus: objectsOf(answer.content, "pdus") } : answer;
};

/** More than the state of the largest rooms. */
const maxStateEvents = 500_000;
const maxIdsBytes = 32 * 1_048_576;
const stateTimeoutMs = 180_000;

/** The ids of the state before an event, and of the ancestors of that state by `auth_events`. */
export const askForStateIds = async (
	{ streams, server, roomId }: AskingForLists,
	eventId: EventId,
): Promise<Given<{ readonly state: readonly EventId[]; readonly authChain: readonly EventId[] }>> => {
	const [state, authChain]: [EventId[], EventId[]] = [[], []];
	const answer = await streams.requestLists(
		server,
		{
			method: "GET",
			uri: `/_matrix/federation/v1/state_ids/${encodeURIComponent(roomId)}?event_id=${encodeURIComponent(eventId)}`,
			lists: ["pdu_ids", "auth_chain_ids"],
			maxEntries: maxStateEvents,
			maxAnswerBytes: maxIdsBytes,
		},
		(list, entry) => {
			const id = typeof entry === "string" ? parseEventId(entry) : undefined;
			if (id !== undefined) (list === "pdu_ids" ? state : authChain).push(id);
		},
	);
	return answer.kind === "answered" ? { kind: "given", state, authChain } : answer;
};

/** The state before which event, and how much of it is taken. */
export interface WantedState {
	readonly eventId: EventId;
	readonly maxEntries: number;
	readonly maxAnswerBytes: number;
}

/** The same, event by event as they arrive: `pdus` is the state, `auth_chain` what it stands on. */
export const askForWholeState = async (
	{ streams, server, roomId }: AskingForLists,
	{ eventId, maxEntries, maxAnswerBytes }: WantedState,
	take: (list: string, pdu: JsonObject) => Promise<void>,
): Promise<Given<object>> => {
	const answer = await streams.requestLists(
		server,
		{
			method: "GET",
			uri: `/_matrix/federation/v1/state/${encodeURIComponent(roomId)}?event_id=${encodeURIComponent(eventId)}`,
			lists: ["pdus", "auth_chain"],
			maxEntries,
			maxAnswerBytes,
			timeoutMs: stateTimeoutMs,
		},
		async (list, entry) => {
			if (isJsonObject(entry)) await take(list, entry);
		},
	);
	return answer.kind === "answered" ? { kind: "given" } : answer;
};

/** The ancestors of an event by `auth_events`, as they arrive. */
export const askForAuthChain = async (
	{ streams, server, roomId }: AskingForLists,
	eventId: EventId,
	take: (pdu: JsonObject) => Promise<unknown>,
): Promise<Given<object>> => {
	const answer = await streams.requestLists(
		server,
		{
			method: "GET",
			uri: `/_matrix/federation/v1/event_auth/${encodeURIComponent(roomId)}/${encodeURIComponent(eventId)}`,
			lists: ["auth_chain"],
			maxEntries: maxStateEvents,
		},
		async (_, entry) => {
			if (isJsonObject(entry)) await take(entry);
		},
	);
	return answer.kind === "answered" ? { kind: "given" } : answer;
};

/** One event. */
export const askForEvent = async (
	{ peers, server }: Pick<Asking, "peers" | "server">,
	eventId: EventId,
): Promise<Given<{ readonly pdus: readonly JsonObject[] }>> => {
	const answer = await peers.request(server, {
		method: "GET",
		uri: `/_matrix/federation/v1/event/${encodeURIComponent(eventId)}`,
		maxAnswerBytes: 131_072,
	});
	return answer.kind === "answered" ? { kind: "given", pdus: objectsOf(answer.content, "pdus") } : answer;
};

/** Whether a later try may end otherwise. */
export const mayAnswerLater = (answer: Exclude<PeerAnswer, { kind: "answered" }>): boolean =>
	answer.kind === "unreachable" ? answer.reason !== "blocked" : answer.status >= 500 || answer.status === 429;

const objectsOf = (content: JsonObject, key: string): readonly JsonObject[] => {
	const value = getValue(content, key);
	return isJsonArray(value) ? value.filter(isJsonObject) : [];
};
