import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";
import type { EarlierEvent } from "../ports.ts";
import type { Approval } from "./approval.ts";
import type { DraftContext, RoomDraft } from "./room-draft.ts";
import type { TargetEvent } from "./room-head.ts";

/** What a plan may look at and change. Everything it reads was declared by its job and is in memory: plans are synchronous. */
export interface PlanContext extends DraftContext {
	/** The draft of an existing room. Throws AppError `not-found` for a room this server does not have. */
	room(roomId: RoomId): RoomDraft;
	newRoom(options: NewRoom): RoomDraft;
	target(eventId: EventId): TargetEvent | undefined;
	/** The room an alias leads to, of the aliases the job declared. */
	alias(alias: string): RoomId | undefined;
	reaction(): EarlierEvent | undefined;
	/** Whether the declared files are there, and the sender's own. */
	ownsFiles(): boolean;
	/** The direct chat that the declared pair has already. */
	directRoom(): RoomId | undefined;
}

/** A room that does not exist yet; the first event added must be its create event. */
export interface NewRoom {
	readonly version: RoomVersion;
	readonly kind: WireRoomKind;
	readonly creatorId: UserId;
	readonly transactionId: string | undefined;
	/** Before version 12, the id made up by this server. */
	readonly roomId: RoomId | undefined;
}

export interface OwnFiles {
	readonly ownerId: UserId;
	readonly mediaIds: readonly string[];
}

/** One change that must happen whole or not at all. */
export interface AppendJob<Answer> {
	/** Existing rooms the plan opens. */
	readonly rooms: readonly RoomId[];
	/** Whose memberships in those rooms it reads; "all": everybody's. */
	readonly users: readonly UserId[] | "all";
	readonly targets?: readonly EventId[];
	readonly aliases?: readonly string[];
	readonly newRooms?: number;
	/** A reaction that may exist already. */
	readonly reaction?: { readonly targetEventId: EventId; readonly sender: UserId; readonly key: string };
	/** Files of this server to which the event will refer, and whose they must be. */
	readonly files?: OwnFiles;
	/** Two people who may have a direct chat already. */
	readonly direct?: { readonly userId: UserId; readonly otherId: UserId };
	/** A retry under the same transaction id is given the first answer, and nothing is planned. */
	readonly replay?: {
		readonly transactionId: string;
		readonly sender: UserId;
		/** undefined: the job makes a room. */
		readonly roomId: RoomId | undefined;
		answer(earlier: EarlierEvent | RoomId): Answer;
	};
	/** It writes message events only, so with everything it reads in memory it may go without taking the lock first. */
	readonly isPlain?: boolean;
	/** For what its earlier attempts lacked. */
	readonly approval?: Approval;
	plan(context: PlanContext): Answer;
}
