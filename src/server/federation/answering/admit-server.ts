import { isServerAllowed } from "../../../../federation/authorization/server-acl.ts";
import { forbidden, invalidParam, type Refusal } from "../../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import type { AnsweringDependencies } from "./answering-dependencies.ts";
import type { AskedRoom } from "./ports.ts";

/** Who asks about which room. */
export interface RoomQuestion {
	/** Checked by the request's signature. */
	readonly origin: ServerName;
	/** As it came. */
	readonly roomId: string;
}

/**
 * Lets a server ask about a room that it has somebody in, unless the room's access list keeps it out. Whoever is refused
 * does not learn whether this server has the room at all.
 */
export const admitServer = async (
	{ store }: Pick<AnsweringDependencies, "store">,
	question: RoomQuestion,
): Promise<{ readonly kind: "admitted"; readonly room: AskedRoom } | Refusal> => {
	const roomId = parseRoomId(question.roomId);
	if (roomId === undefined) return invalidParam("That is no room id");
	const room = await store.askedRoom(roomId, question.origin);
	if (room === undefined || !room.isInside) return forbidden("Your server is not in the room");
	if (!isServerAllowed(room.acl, question.origin)) return forbidden("The room's access list keeps your server out");
	return { kind: "admitted", room };
};
