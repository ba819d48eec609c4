/** What the answering sides of the membership handshakes share: who may ask about which room. */
import { isServerAllowed } from "../../authorization/server-acl.ts";
import type { RoomId, ServerName, UserId } from "../../identifiers/identifier-types.ts";
import { parseRoomId } from "../../identifiers/room-id.ts";
import type { ResidentRoom, ResidentRooms } from "../../ports/resident-rooms.ts";
import type { SignatureVerifier } from "../../ports/signature-verifier.ts";
import type { Signer } from "../../ports/signer.ts";
import { forbidden, invalidParam, notFound, type Refusal } from "../refusal.ts";

/** What answering stands on. */
export interface AnsweringPorts {
	readonly rooms: ResidentRooms;
	readonly signer: Signer;
	readonly verifier: SignatureVerifier;
}

/** The room, where this server is in it and the room's list of servers lets the other one ask. */
export const openResidentRoom = async (
	{ rooms }: Pick<AnsweringPorts, "rooms">,
	asked: { readonly origin: ServerName; readonly roomId: string },
	userIds: readonly UserId[],
): Promise<ResidentRoom | Refusal> => {
	const roomId = parseRoomId(asked.roomId);
	if (roomId === undefined) return invalidParam("Not a room ID");
	return openRoom(rooms, { roomId, origin: asked.origin }, userIds);
};

const openRoom = async (
	rooms: ResidentRooms,
	{ roomId, origin }: { readonly roomId: RoomId; readonly origin: ServerName },
	userIds: readonly UserId[],
): Promise<ResidentRoom | Refusal> => {
	const room = await rooms.room(roomId, userIds);
	if (room === undefined) return notFound("This server is not in the room");
	const acl = room.state.get("m.room.server_acl", "")?.content;
	return isServerAllowed(acl, origin) ? room : forbidden("Your server is not allowed in the room");
};

/** Narrows what may be a refusal. */
export const isRefusal = (value: unknown): value is Refusal =>
	typeof value === "object" && value !== null && "kind" in value && value.kind === "refused" && "errcode" in value;
