import { invalidParam, missingParam, notFound } from "../../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomAlias, roomAliasServer } from "../../../../federation/identifiers/room-alias.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";

/** Any of them can let a server in; a few are enough to try. */
const mostServers = 50;

/**
 * `GET /query/directory`: the room behind an address of this server, and by whom it can be joined. A room by invitation is
 * shown only to servers with somebody in it or invited: that it exists is nobody else's business.
 */
export const answerAlias = async (
	{ store, serverName }: AnsweringDependencies,
	asked: { readonly origin: ServerName; readonly alias: string | null },
): Promise<Answer> => {
	if (asked.alias === null) return missingParam("room_alias");
	const alias = parseRoomAlias(asked.alias);
	if (alias === undefined) return invalidParam("That is no room address");
	const isOurs = roomAliasServer(alias) === serverName;
	const target = isOurs ? await store.aliasTarget(alias, asked.origin) : undefined;
	if (target === undefined || (target.joinRule === "invite" && !target.isInside)) {
		return notFound("There is no room at that address");
	}
	const others = await store.serversIn(target.roomId, mostServers);
	return {
		kind: "answered",
		content: jsonObject([
			["room_id", target.roomId],
			["servers", [serverName, ...others]],
		]),
	};
};
