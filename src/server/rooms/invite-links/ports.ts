import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { WireRoomKind } from "../../../shared/wire/room.ts";

export interface NewInviteLink {
	/** What lists and revocations call it; not secret. */
	readonly id: string;
	/** SHA-256 of the secret, which is not stored. */
	readonly tokenHash: string;
	readonly roomId: RoomId;
	readonly creatorId: UserId;
	/** undefined: as often as people like. */
	readonly usesAllowed: number | undefined;
	readonly expiresAt: number | undefined;
	/** True: the secret is a registration token too, with the same number of uses and the same end. */
	readonly bringsNewPeople: boolean;
}

export interface StoredInviteLink extends Omit<NewInviteLink, "tokenHash"> {
	readonly creatorName: string;
	readonly usesCount: number;
	readonly createdAt: number;
}

/** A link that is neither expired nor used up, with what its room shows of itself. */
export interface LiveInviteLink {
	readonly id: string;
	readonly creatorId: UserId;
	readonly creatorName: string;
	readonly bringsNewPeople: boolean;
	readonly room: {
		readonly roomId: RoomId;
		readonly kind: WireRoomKind;
		readonly name: string | undefined;
		readonly topic: string | undefined;
		readonly avatarUrl: string | undefined;
		readonly joinedCount: number;
		readonly isReplaced: boolean;
	};
}

/** Invite links as they are stored. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface InviteLinkStore {
	/** Stores a link. `full`: the room has `limit` already; `no-room`: it is gone, replaced, or a direct chat. */
	add(link: NewInviteLink, limit: number): Promise<"added" | "full" | "no-room">;
	/** Links of a room that can still be used, newest first. */
	list(roomId: RoomId, now: number): Promise<readonly StoredInviteLink[]>;
	/** The link behind a secret; undefined: unknown, expired, used up, revoked, or its maker's account is disabled. */
	find(tokenHash: string, now: number): Promise<LiveInviteLink | undefined>;
	/** Counts one use; false when none was left. Two callers never share the last one. */
	use(id: string, now: number): Promise<boolean>;
	/** Takes a use back that led nowhere. */
	giveBack(id: string): Promise<void>;
	/** Revokes a link, and the registration token that it was. */
	remove(id: string): Promise<void>;
}
