import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireAdminRoom } from "../../shared/wire/admin-calls.ts";
import type { StoragePart } from "../../shared/wire/commands.ts";
import type { UnreadableReason } from "../../shared/wire/unreadable-reasons.ts";

/** An account as its server's owner sees it. */
export interface AdminPerson {
	readonly userId: UserId;
	readonly localpart: string;
	readonly displayName: string;
	/** `mxc://` address of their picture. */
	readonly avatarUrl: string | undefined;
	readonly isOwner: boolean;
	/** The server's own assistant. */
	readonly isBot: boolean;
	readonly isDisabled: boolean;
	readonly createdAt: number;
	/** Devices that are signed in. */
	readonly sessionCount: number;
	/** When any device was used last, to the hour; undefined: never signed in. */
	readonly lastSeenAt: number | undefined;
}

export interface PeopleFilter {
	/** A part of a name, or the beginning of a username; empty: everybody. */
	readonly text: string;
	/** The last localpart of the page before. */
	readonly after: string;
	readonly limit: number;
}

export interface AdminToken {
	/** The beginning of its hash: names it without letting anybody in. */
	readonly id: string;
	readonly usesAllowed: number;
	readonly usesCount: number;
	readonly createdAt: number;
	readonly expiresAt: number | undefined;
	/** True: it is the secret of an invite link. */
	readonly isInviteLink: boolean;
}

/** What the database knows of the whole server. */
export interface StoredFigures {
	readonly people: number;
	readonly disabledPeople: number;
	/** People with a device that was used in the last seven days. */
	readonly activePeople: number;
	readonly sessions: number;
	readonly rooms: number;
	readonly messages: number;
	/** Messages that devices could not read in the days up to `now`, most often first. */
	readonly unreadable: readonly { readonly reason: UnreadableReason; readonly count: number }[];
	readonly databaseBytes: number;
	readonly postgresVersion: string;
	/** Messages of the days up to `now`, oldest first; only days that were counted whole. */
	readonly messagesByDay: readonly { readonly day: string; readonly count: number }[];
}

/** A room as its server's owner sees it. */
export type AdminRoom = Omit<WireAdminRoom, "roomId"> & { readonly roomId: RoomId };

/** Somebody of this server, as others see them. */
export interface NamedPerson {
	readonly userId: UserId;
	readonly displayName: string;
}

/** What a sort of thing takes on the disk. */
export interface StoredPart {
	readonly part: StoragePart;
	readonly bytes: number;
	/** Of files. */
	readonly count?: number;
}

export interface RoomsFilter {
	/** A part of a name, or the beginning of an id; empty: every room. */
	readonly text: string;
	readonly limit: number;
}

/** Reads and writes over all accounts. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface AdminStore {
	listPeople(filter: PeopleFilter): Promise<readonly AdminPerson[]>;
	/** Tokens that can still be used, newest first; the owner's own is none of them. */
	listTokens(now: number): Promise<readonly AdminToken[]>;
	removeToken(id: string): Promise<void>;
	readFigures(now: number): Promise<StoredFigures>;
	findPerson(userId: UserId): Promise<AdminPerson | undefined>;
	/** Who runs the server, by username. */
	listOwners(): Promise<readonly NamedPerson[]>;
	/** Rooms that somebody of this server is in, the last used first. */
	listRooms(filter: RoomsFilter): Promise<readonly AdminRoom[]>;
	/** By its id or an address of this server; undefined: nobody of this server is in such a room. */
	findRoom(name: string): Promise<AdminRoom | undefined>;
	/** People of this server in a room, by name. */
	peopleIn(roomId: RoomId, limit: number): Promise<readonly NamedPerson[]>;
	/** How many accounts there were at the end of each of the last days in UTC, oldest first. */
	countPeopleByDay(now: number): Promise<readonly { readonly day: string; readonly count: number }[]>;
	/** What things take, the largest first. */
	readStorage(): Promise<readonly StoredPart[]>;
}
