import type { InvitationPolicy } from "../membership/ports.ts";

/** One line of the owner's lists: a server, or many by a glob. */
export interface ServerRule {
	/** In lower case, without a port; `*` and `?` stand for what they stand for in a room's access list. */
	readonly pattern: string;
	/** `block`: nothing is exchanged with it. `allow`: where there is one, nothing is exchanged with any other. */
	readonly kind: "block" | "allow";
	/** The owner's own words, for themselves. */
	readonly note: string;
	/** Milliseconds since the Unix epoch. */
	readonly createdAt: number;
}

export interface StoredRules {
	readonly servers: readonly ServerRule[];
	/** Undefined: the owner has chosen none. */
	readonly invitationPolicy: InvitationPolicy | undefined;
	/** Other servers hear who is there, and are heard about it. */
	readonly isPresenceShared: boolean;
}

/** What the owner chose about other servers. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface RuleStore {
	read(): Promise<StoredRules>;
	/** False, and nothing is stored: there are so many rules already. A pattern has one rule; the newest counts. */
	put(rule: ServerRule, most: number): Promise<boolean>;
	remove(pattern: string): Promise<void>;
	setInvitationPolicy(policy: InvitationPolicy): Promise<void>;
	setPresenceShared(isShared: boolean): Promise<void>;
}
