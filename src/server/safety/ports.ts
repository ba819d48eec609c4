import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";

/** Somebody whose invitations a person does not get. */
export interface BlockedPerson {
	readonly userId: UserId;
	/** Milliseconds since the Unix epoch, as the other times. */
	readonly since: number;
}

/** What a person says to the server's owner about somebody. */
export interface NewReport {
	readonly reporterId: UserId;
	readonly subjectId: UserId;
	/** The room that it is about; undefined: the person alone. */
	readonly roomId: RoomId | undefined;
	readonly words: string;
	readonly at: number;
}

/** A report as the owner reads it. */
export interface StoredReport {
	/** Names it. */
	readonly id: string;
	readonly reporterId: UserId;
	readonly reporterName: string;
	readonly subjectId: UserId;
	readonly roomId: RoomId | undefined;
	/** As the room was called when it was reported. */
	readonly roomName: string | undefined;
	readonly words: string;
	readonly createdAt: number;
	/** When the owner had seen to it; undefined: they have not yet. */
	readonly settledAt: number | undefined;
}

/** Whom people block, and what they report. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface SafetyStore {
	/** False, and nothing is stored: the person blocks so many already. Blocking again is success. */
	block(
		blocked: { readonly userId: UserId; readonly blockedId: UserId; readonly at: number },
		most: number,
	): Promise<boolean>;
	unblock(userId: UserId, blockedId: UserId): Promise<void>;
	/** Those whom a person blocks, the newest first. */
	blockedBy(userId: UserId): Promise<readonly BlockedPerson[]>;
	/** Rooms that the sender has invited the person to, and that wait for an answer. */
	invitationsFrom(senderId: UserId, userId: UserId): Promise<readonly RoomId[]>;
	/** False, and nothing is stored: so many reports of this person wait already. The same report again takes the new words. */
	report(report: NewReport, mostWaiting: number): Promise<boolean>;
	/** Those that wait, the newest first, then those that were seen to. */
	reports(limit: number): Promise<readonly StoredReport[]>;
	settle(id: string, at: number): Promise<void>;
}
