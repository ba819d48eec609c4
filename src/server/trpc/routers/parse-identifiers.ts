import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import type {
	EventId,
	RoomAlias,
	RoomId,
	ServerName,
	UserId,
} from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomAlias } from "../../../../federation/identifiers/room-alias.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import { parseServerName } from "../../../../federation/identifiers/server-name.ts";
import { parseUserId } from "../../../../federation/identifiers/user-id.ts";
import { AppError } from "../../../shared/app-error.ts";

/** A NUL is legal in some historical identifiers, but nothing of this server has one and no text column holds it. */
const required = <Id extends string>(parsed: Id | undefined, field: string): Id => {
	if (parsed === undefined || parsed.includes("\u0000")) throw new AppError("bad-input", { detail: field });
	return parsed;
};

/** The branded id behind a checked input. Each throws AppError `bad-input` for what the grammar refuses. */
export const roomIdOf = (text: string): RoomId => required(parseRoomId(text), "roomId");
export const userIdOf = (text: string): UserId => required(parseUserId(text), "userId");
export const eventIdOf = (text: string): EventId => required(parseEventId(text), "eventId");
export const roomAliasOf = (text: string): RoomAlias => required(parseRoomAlias(text), "alias");
export const serverNameOf = (text: string): ServerName => required(parseServerName(text), "via");

/** A position as the database can compare it: one that is beyond all is beyond all. */
export const positionOf = (text: string): number =>
	Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(text), Number.MAX_SAFE_INTEGER));
