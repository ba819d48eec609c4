import { invalidParam } from "../../../../federation/handshakes/refusal.ts";
import {
	getInteger,
	getObject,
	getString,
	getValue,
	isJsonArray,
	jsonObject,
} from "../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../federation/json/json-value.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";
import type { ListedRoom } from "./ports.ts";
import { isFederated, summaryJson } from "./room-summary.ts";

/** In one answer, whatever is asked for. */
const mostRooms = 100;
const longestText = 200;

/** `GET` and `POST /publicRooms`: the directory of this server, page by page. */
export const answerPublicRooms = async (
	{ store, serverName }: AnsweringDependencies,
	asked: JsonObject,
): Promise<Answer> => {
	const since = getString(asked, "since");
	const after = since === undefined ? undefined : placeOf(since);
	if (since !== undefined && after === undefined) return invalidParam("since is not from this server");
	const filter = getObject(asked, "filter") ?? jsonObject();
	const text = (getString(filter, "generic_search_term") ?? "").trim().normalize("NFC");
	// No stored text holds a control character, and PostgreSQL refuses some of them.
	const isFindable = text.length <= longestText && !/[\p{Cc}\p{Cs}]/u.test(text);
	const limit = pageSize(getInteger(asked, "limit"));
	const found = isFindable ? await store.listedRooms({ serverName, text, after, limit: limit + 1 }) : [];
	const page = found.slice(0, limit);
	const last = found.length > limit ? page.at(-1) : undefined;
	const total = isFindable ? await store.countListedRooms({ serverName, text }) : 0;
	const chunk = page.filter(
		({ summary }) => isFederated(summary) && isOfType(filter, summary.state.get("m.room.create")),
	);
	return {
		kind: "answered",
		content: jsonObject([
			["chunk", chunk.map(({ summary }) => summaryJson(summary))],
			["total_room_count_estimate", total],
			...(last === undefined ? [] : [["next_batch", tokenOf(last)] as const]),
		]),
	};
};

/** 0 asks for all. */
const pageSize = (limit: number | undefined): number =>
	limit === undefined || limit <= 0 ? mostRooms : Math.min(limit, mostRooms);

const isOfType = (filter: JsonObject, create: JsonObject | undefined): boolean => {
	const types: JsonValue | undefined = getValue(filter, "room_types");
	const own = create === undefined ? undefined : getString(create, "type");
	return !isJsonArray(types) || types.includes(own ?? null);
};

const tokenOf = ({ roomNid, summary }: ListedRoom): string => `${summary.joinedCount}.${roomNid}`;

const placeOf = (token: string): { readonly joinedCount: number; readonly roomNid: number } | undefined => {
	const [, joinedCount, roomNid] = /^(\d{1,9})\.(\d{1,9})$/.exec(token) ?? [];
	if (joinedCount === undefined || roomNid === undefined) return undefined;
	return { joinedCount: Number(joinedCount), roomNid: Number(roomNid) };
};
