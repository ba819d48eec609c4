import type { HandshakeFailure } from "../../../../federation/handshakes/membership/asking.ts";
import type { RoomAlias, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomAlias } from "../../../../federation/identifiers/room-alias.ts";
import { roomIdServer } from "../../../../federation/identifiers/room-id.ts";
import { getInteger, getObject, getString, getValue } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { RoomPreview } from "../../rooms/public.ts";
import { handshakeError, mostTelling } from "./handshake-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { resolveRemoteAlias } from "./resolve-remote-alias.ts";

export interface RemotePreviewInput {
	readonly userId: UserId;
	readonly room: RoomId | RoomAlias;
	/** Servers that are said to be in the room. */
	readonly via: readonly ServerName[];
}

const maxServers = 3;
/** The person looks at an empty page meanwhile. */
const timeoutMs = 15_000;

/**
 * What a room elsewhere shows of itself to whoever could join it. A server that does not tell leaves the room without a
 * description, which is no reason not to try to join. Throws what `handshakeError` says where nobody can be asked.
 * Matrix v1.19 Server-Server API, "GET /hierarchy".
 */
export const previewRemote = async (
	dependencies: Pick<MembershipDependencies, "transport" | "memberships" | "serverName">,
	{ userId, room, via }: RemotePreviewInput,
): Promise<RoomPreview> => {
	const { transport, memberships, serverName } = dependencies;
	const alias = room.startsWith("#") ? (room as RoomAlias) : undefined;
	const found =
		alias === undefined ? { roomId: room as RoomId, servers: [] } : await resolveRemoteAlias(dependencies, alias);
	const { roomId } = found;
	const ofRoom = roomIdServer(roomId);
	const servers = new Set([...via, ...found.servers, ...(ofRoom === undefined ? [] : [ofRoom])]);
	servers.delete(serverName);
	const asked = [...servers].slice(0, maxServers);
	const membership = (await memberships.standing(roomId, userId))?.membership;
	const bare = { ...nothingTold, roomId, alias, membership, via: asked };
	const failures: HandshakeFailure[] = [];
	for (const server of asked) {
		const uri = `/_matrix/federation/v1/hierarchy/${encodeURIComponent(roomId)}?suggested_only=true`;
		const answer = await transport.request(server, { method: "GET", uri, timeoutMs });
		const told = answer.kind === "answered" ? getObject(answer.content, "room") : undefined;
		if (told !== undefined && getString(told, "room_id") === roomId) return { ...bare, ...summaryIn(told, alias) };
		if (answer.kind !== "answered") failures.push(answer);
	}
	if (failures.some(({ kind }) => kind === "refused")) return bare;
	const telling = mostTelling(failures);
	if (telling !== undefined) throw handshakeError(telling);
	if (asked.length === 0) throw new AppError("not-found", { detail: "no server to ask" });
	return bare;
};

const nothingTold = {
	name: undefined,
	topic: undefined,
	avatarUrl: undefined,
	joinedCount: undefined,
	joinRule: undefined,
	isSpace: false,
};

const longestName = 255;
const longestTopic = 2_000;
const mostMembers = 10_000_000;
const mediaAddress = /^mxc:\/\/[^/\s]{1,255}\/[^/\s]{1,255}$/;
const joinRules = ["public", "invite", "knock", "restricted", "knock_restricted", "private"] as const;

/** What another server says is cut and checked: it is shown to somebody who does not know that server. */
const summaryIn = (
	told: JsonObject,
	asked: RoomAlias | undefined,
): Omit<RoomPreview, "roomId" | "membership" | "via"> => {
	const words = (key: string, longest: number): string | undefined => {
		const text = getString(told, key)?.replaceAll("\u0000", "\ufffd").trim().slice(0, longest);
		return text === "" ? undefined : text;
	};
	const avatarUrl = getString(told, "avatar_url");
	const count = getInteger(told, "num_joined_members");
	const rule = getString(told, "join_rule") ?? "public";
	return {
		name: words("name", longestName),
		topic: words("topic", longestTopic),
		avatarUrl: avatarUrl !== undefined && mediaAddress.test(avatarUrl) ? avatarUrl : undefined,
		alias: asked ?? parseRoomAlias(getString(told, "canonical_alias") ?? ""),
		joinedCount: count === undefined || count < 0 ? undefined : Math.min(count, mostMembers),
		joinRule: joinRules.find((known) => known === rule),
		isSpace: getValue(told, "room_type") === "m.space",
	};
};
