import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonValue } from "../../../../federation/json/json-value.ts";
import type { MatrixRoute } from "../matrix-route.ts";

const read = (path: string, answer: MatrixRoute["answer"]): MatrixRoute => ({
	method: "GET",
	path: `/_matrix/federation/v1/${path}`,
	isSigned: true,
	maxBodyBytes: 0,
	answer,
});

/** A search is a few words. */
const searchBytes = 16 * 1024;

/** Who and what there is here. Matrix v1.19 Server-Server API, "Querying for information", "Published Room Directory", "Spaces". */
export const directoryRoutes: readonly MatrixRoute[] = [
	read("query/profile", ({ answering }, { query }) =>
		answering.profile({ userId: query.get("user_id"), field: query.get("field") }),
	),
	read("query/directory", ({ answering }, { origin, query }) =>
		answering.alias({ origin, alias: query.get("room_alias") }),
	),
	read("publicRooms", ({ answering }, { query }) => answering.publicRooms(searchOf(query))),
	{
		method: "POST",
		path: "/_matrix/federation/v1/publicRooms",
		isSigned: true,
		maxBodyBytes: searchBytes,
		answer: ({ answering }, { content }) => answering.publicRooms(content),
	},
	read("hierarchy/{roomId}", ({ answering }, { origin, params, query }) =>
		answering.hierarchy({
			...{ origin, roomId: params["roomId"] ?? "" },
			isSuggestedOnly: query.get("suggested_only") === "true",
		}),
	),
];

/** What a query says, as the body of a search says it. */
const searchOf = (query: URLSearchParams) => {
	const limit = query.get("limit") ?? "";
	const since = query.get("since");
	const members: [string, JsonValue][] = [];
	if (/^\d{1,9}$/.test(limit)) members.push(["limit", Number(limit)]);
	if (since !== null) members.push(["since", since]);
	return jsonObject(members);
};
