import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { UnreadableReason } from "../../shared/wire/unreadable-reasons.ts";

/** An account as its server's owner sees it. */
export interface AdminPerson {
	readonly userId: UserId;
	readonly localpart: string;
	readonly displayName: string;
	/** `mxc://` address of their picture. */
	readonly avatarUrl: string | undefined;
	readonly isOwner: boolean;
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

/** Reads and writes over all accounts. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface AdminStore {
	listPeople(filter: PeopleFilter): Promise<readonly AdminPerson[]>;
	/** Tokens that can still be used, newest first; the owner's own is none of them. */
	listTokens(now: number): Promise<readonly AdminToken[]>;
	removeToken(id: string): Promise<void>;
	readFigures(now: number): Promise<StoredFigures>;
}
