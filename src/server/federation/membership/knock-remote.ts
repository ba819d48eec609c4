import { askToKnock } from "../../../../federation/handshakes/membership/ask-to-knock.ts";
import type { HandshakeFailure } from "../../../../federation/handshakes/membership/asking.ts";
import type { RoomAlias, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { roomIdServer } from "../../../../federation/identifiers/room-id.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { AppError } from "../../../shared/app-error.ts";
import { handshakeError, mostTelling } from "./handshake-error.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { resolveRemoteAlias } from "./resolve-remote-alias.ts";
import { storeKnock } from "./store-knock.ts";

export interface RemoteKnockInput {
	readonly userId: UserId;
	readonly room: RoomId | RoomAlias;
	/** Servers that are said to be in the room. */
	readonly via: readonly ServerName[];
	readonly content: JsonObject;
}

/** So many servers are asked before giving up. */
const maxServers = 3;
/** The person waits for it. */
const timeoutMs = 20_000;

/**
 * Asks to be let into a room that nobody of this server is in, through one of the servers that are. Asking again while it
 * waits is success. Throws what `handshakeError` says.
 */
export const knockRemote = async (
	dependencies: MembershipDependencies,
	{ userId, room, via, content }: RemoteKnockInput,
): Promise<{ readonly kind: "knocked" | "here"; readonly roomId: RoomId }> => {
	const { memberships, clock, log, serverName } = dependencies;
	const found = room.startsWith("#")
		? await resolveRemoteAlias(dependencies, room as RoomAlias)
		: { roomId: room as RoomId, servers: [] };
	const { roomId } = found;
	const standing = await memberships.standing(roomId, userId);
	if (standing?.isHere === true) return { kind: "here", roomId };
	if (standing?.membership === "knock" || standing?.membership === "invite") return { kind: "knocked", roomId };
	const ofRoom = roomIdServer(roomId);
	const servers = new Set([...via, ...found.servers, ...(ofRoom === undefined ? [] : [ofRoom])]);
	servers.delete(serverName);
	const failures: HandshakeFailure[] = [];
	for (const server of [...servers].slice(0, maxServers)) {
		const wish = { server, roomId, userId, content, originServerTs: clock.now(), timeoutMs };
		const asked = await askToKnock(dependencies, wish);
		if (asked.kind === "knocked") {
			await storeKnock(dependencies, { ...asked, server });
			return { kind: "knocked", roomId };
		}
		log.info({ peer: server, room: roomId, kind: asked.kind }, "a server did not let somebody ask to join a room");
		failures.push(asked);
	}
	const telling = mostTelling(failures);
	throw telling === undefined ? new AppError("not-found", { detail: "no server to ask" }) : handshakeError(telling);
};
