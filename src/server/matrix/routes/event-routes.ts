import type { MatrixRoute } from "../matrix-route.ts";

const read = (path: string, answer: MatrixRoute["answer"]): MatrixRoute => ({
	method: "GET",
	path: `/_matrix/federation/v1/${path}`,
	isSigned: true,
	maxBodyBytes: 0,
	answer,
});

/** A hundred event ids or two, and room for fields that nobody knows yet. */
const missingEventsBytes = 32 * 1024;

/** The events of rooms. Matrix v1.19 Server-Server API, "Retrieving events", "Backfilling and retrieving missing events". */
export const eventRoutes: readonly MatrixRoute[] = [
	read("event/{eventId}", ({ answering }, { origin, params }) =>
		answering.event({ origin, eventId: params["eventId"] ?? "" }),
	),
	read("state/{roomId}", ({ answering }, { origin, params, query }) =>
		answering.state({ origin, roomId: params["roomId"] ?? "", eventId: query.get("event_id") ?? "" }),
	),
	read("state_ids/{roomId}", ({ answering }, { origin, params, query }) =>
		answering.stateIds({ origin, roomId: params["roomId"] ?? "", eventId: query.get("event_id") ?? "" }),
	),
	read("event_auth/{roomId}/{eventId}", ({ answering }, { origin, params }) =>
		answering.eventAuth({ origin, roomId: params["roomId"] ?? "", eventId: params["eventId"] ?? "" }),
	),
	read("backfill/{roomId}", ({ answering }, { origin, params, query }) =>
		answering.backfill({
			...{ origin, roomId: params["roomId"] ?? "" },
			from: query.getAll("v"),
			limit: query.get("limit"),
		}),
	),
	{
		method: "POST",
		path: "/_matrix/federation/v1/get_missing_events/{roomId}",
		isSigned: true,
		maxBodyBytes: missingEventsBytes,
		answer: ({ answering }, { origin, params, content }) =>
			answering.missingEvents({ origin, roomId: params["roomId"] ?? "", content }),
	},
	read("timestamp_to_event/{roomId}", ({ answering }, { origin, params, query }) =>
		answering.timestamp({
			...{ origin, roomId: params["roomId"] ?? "" },
			ts: query.get("ts"),
			direction: query.get("dir"),
		}),
	),
];
