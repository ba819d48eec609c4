import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";

/** Somebody of this server, and who is told how they are. */
export interface PresenceAudience {
	readonly userId: UserId;
	/** They tell nobody. */
	readonly isHidden: boolean;
	/** When they were last there, to the minute. */
	readonly seenAt: number | undefined;
	/** Servers with somebody in a direct chat or a small group of theirs. */
	readonly destinations: readonly ServerName[];
}

/** Between whom of this server and of others presence is shown: in direct chats and in groups of at most fifty. */
export interface PresenceCircles {
	/** Of people of this server. */
	audiencesOf(userIds: readonly string[]): Promise<readonly PresenceAudience[]>;
	/** Which of these people of other servers somebody here would see. */
	watchedAmong(userIds: readonly string[]): Promise<readonly string[]>;
	/** Who of this server these people of other servers would see. */
	seenBy(userIds: readonly string[]): Promise<readonly string[]>;
}
