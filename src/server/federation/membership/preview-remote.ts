import { askForHierarchy } from "../../../../federation/handshakes/ask-for-hierarchy.ts";
import type { HandshakeFailure } from "../../../../federation/handshakes/membership/asking.ts";
import type { RoomAlias, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { roomIdServer } from "../../../../federation/identifiers/room-id.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { RoomPreview } from "../../rooms/public.ts";
import { mayBeShown, standingsFor } from "../elsewhere/may-be-shown.ts";
import { previewOf } from "../elsewhere/preview-of.ts";
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
		const given = await askForHierarchy({ peers: transport, server, roomId }, { isSuggestedOnly: true, timeoutMs });
		const room = given.kind === "given" ? given.told?.room : undefined;
		if (room !== undefined) {
			// What a server tells is for all people of this one: whoever has nothing to do with the room is not shown it.
			if (!mayBeShown(room, await standingsFor(memberships, userId, [room]))) return bare;
			return { ...previewOf(room, { membership, via: asked }), alias: alias ?? room.alias };
		}
		if (given.kind !== "given") failures.push(given);
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
