import type { RoomAlias, RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { roomAliasServer } from "../../../../federation/identifiers/room-alias.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import { parseServerName } from "../../../../federation/identifiers/server-name.ts";
import { getString, getValue, isJsonArray } from "../../../../federation/json/json-object.ts";
import { AppError } from "../../../shared/app-error.ts";
import { handshakeError } from "./handshake-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";

/** Where an alias of another server leads, and through whom. Throws `not-found` and what `handshakeError` says. */
export const resolveRemoteAlias = async (
	{ transport }: Pick<MembershipDependencies, "transport">,
	alias: RoomAlias,
): Promise<{ readonly roomId: RoomId; readonly servers: readonly ServerName[] }> => {
	const server = roomAliasServer(alias);
	const uri = `/_matrix/federation/v1/query/directory?room_alias=${encodeURIComponent(alias)}`;
	const answer = await transport.request(server, { method: "GET", uri });
	if (answer.kind !== "answered") throw handshakeError(answer);
	const roomId = parseRoomId(getString(answer.content, "room_id") ?? "");
	if (roomId === undefined) throw new AppError("not-found", { detail: "the alias leads to no room id" });
	const list = getValue(answer.content, "servers");
	const named = isJsonArray(list) ? list : [];
	const servers = named.flatMap((name) => (typeof name === "string" ? (parseServerName(name) ?? []) : []));
	return { roomId, servers: [server, ...servers] };
};
