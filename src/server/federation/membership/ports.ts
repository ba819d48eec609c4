import type { EventId, RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { WireMembership } from "../../../shared/wire/room.ts";

/** How a person of this server stands to a room that may be here, known by an invitation only, or unknown. */
export interface Standing {
	readonly roomNid: number;
	/** Somebody of this server is in the room, so that this server has it. */
	readonly isHere: boolean;
	readonly membership: WireMembership | undefined;
	/** Whose event the membership is: for an invitation, who invites. */
	readonly sender: UserId | undefined;
	/** They asked to join, and may have been refused: through which server; empty: this one. */
	readonly askedThrough: ServerName | "" | undefined;
}

/** What of it is asked for many rooms at once. */
export type BriefStanding = Pick<Standing, "isHere" | "membership">;

/** How far a join through another server has come. */
export interface JoiningNews {
	readonly userId: UserId;
	/** As the person named it: an id or an address. */
	readonly room: string;
	readonly server: ServerName;
	readonly stage: "asking" | "receiving" | "checking";
	readonly done: number;
	/** Of how many; undefined: not known yet. */
	readonly total: number | undefined;
}

/** Reads of memberships across rooms. */
export interface MembershipStore {
	/** Undefined: the room is not known at all. */
	standing(roomId: RoomId, userId: UserId): Promise<Standing | undefined>;
	/** The same for many rooms; those that are not known at all are left out. */
	standings(roomIds: readonly RoomId[], userId: UserId): Promise<ReadonlyMap<RoomId, BriefStanding>>;
	/** Some people of this server who are in the room, at most so many. */
	membersHere(roomId: RoomId, limit: number): Promise<readonly UserId[]>;
	/** Those who have been in the room for the longest time, or are invited: they name a room without a name. */
	heroesOf(roomId: RoomId, limit: number): Promise<readonly UserId[]>;
	/** Servers with somebody in the room; while its members are arriving also those that are said to have. */
	serversIn(roomId: RoomId): Promise<readonly ServerName[]>;
	/** The invitations of a person to a room that is not here, as they arrived. */
	invitationsOf(roomNid: number, userId: UserId): Promise<readonly EventId[]>;
	/** True when somebody of this server shares a room with somebody of that one. */
	sharesRoom(server: ServerName): Promise<boolean>;
	/** True for an account of this server that is in use. */
	hasPerson(userId: UserId): Promise<boolean>;
	/** Invitations to rooms that are not here, sent by people of that server and not answered yet. */
	pendingFrom(server: ServerName): Promise<number>;
}

/** Whose invitations from other servers people get to see. */
export type InvitationPolicy = "everyone" | "known" | "nobody";
