import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { Accounts } from "../../accounts/public.ts";
import type { Messages } from "../../messages/public.ts";
import type { Rooms } from "../../rooms/public.ts";
import type { Stream } from "../../stream/public.ts";
import type { Timeline } from "../../timeline/public.ts";
import type { LoadedRecord } from "./indexed-db/open-factory.ts";
import type { KeptChange } from "./indexed-db/record-keeper.ts";

/** The assistant's account, and where it stands. */
export interface StoredBot {
	readonly userId: UserId;
	/** The session of its device; undefined: a new device has to be made. */
	readonly sessionId: string | undefined;
	readonly sealedIdentity: Uint8Array | undefined;
	/** Up to where it has read the stream; undefined: it begins now. */
	readonly streamPosition: number | undefined;
}

/** Another engine was opened over the same store: this one must not go on. */
export class EngineSuperseded extends Error {}

/** What is kept of the assistant as a member. Methods throw AppError `unavailable`, `storage-full`. */
export interface BotStore {
	find(): Promise<StoredBot | undefined>;
	/** Nothing changes where it is there. */
	add(userId: UserId): Promise<void>;
	/** It has another device from now on, of which nothing is kept yet; undefined: one has still to be made. */
	beginDevice(userId: UserId, sessionId: string | undefined): Promise<void>;
	/** What its engine kept, for a new engine: earlier ones keep nothing any more. */
	open(userId: UserId): Promise<{ readonly generation: number; readonly records: readonly LoadedRecord[] }>;
	/** All of it or nothing, on the disk. Throws EngineSuperseded. */
	keep(of: { readonly userId: UserId; readonly generation: number }, changes: readonly KeptChange[]): Promise<void>;
	setIdentity(userId: UserId, sealed: Uint8Array): Promise<void>;
	setPosition(userId: UserId, position: number): Promise<void>;
	rooms(): Promise<readonly BotRoom[]>;
	/** It came into a room; where it was in it, it came anew. */
	noteJoined(roomId: RoomId, position: number): Promise<void>;
	forgetRoom(roomId: RoomId): Promise<void>;
	/** It told what happened there. */
	noteDigest(roomId: RoomId, at: number): Promise<void>;
}

/** A room that it is in. */
export interface BotRoom {
	readonly roomId: RoomId;
	/** What is before it does not see. */
	readonly joinedPosition: number;
	/** When it last told what happened; undefined: not since it came. */
	readonly digestAt: number | undefined;
}

/** What of the server it stands on as a member: the use cases that people's clients reach. */
export interface BotAreas {
	readonly accounts: Pick<Accounts, "bot" | "resolveSession">;
	readonly rooms: Pick<Rooms, "join" | "leave" | "invite" | "botRoom">;
	readonly stream: Pick<Stream, "subscribe" | "acknowledge">;
	readonly timeline: Pick<Timeline, "members" | "page" | "roomList">;
	readonly messages: Pick<Messages, "send" | "sendEncrypted">;
}
