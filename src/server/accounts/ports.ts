import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { ControlMessage } from "./control-message.ts";

/** Milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}

/** Cryptographically strong random bytes. */
export type RandomBytes = (sizeBytes: number) => Uint8Array;

/** Hashes passwords slowly. Both methods throw AppError `too-many-requests` when too many wait. */
export interface PasswordHasher {
	hash(password: string): Promise<string>;
	/** With `undefined` (no such account) it works as long as with a hash and answers false. */
	verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** Tells every running server process of this database; the facts are in the database already. */
export interface ControlChannel {
	publish(message: ControlMessage): Promise<void>;
}

export interface StoredAccount {
	readonly userId: UserId;
	readonly localpart: string;
	readonly displayName: string;
	readonly isOwner: boolean;
	readonly isDisabled: boolean;
	readonly createdAt: number;
}

export interface NewAccount {
	readonly userId: UserId;
	readonly localpart: string;
	readonly displayName: string;
	readonly passwordHash: string;
}

export type RegisterOutcome =
	| { readonly kind: "registered"; readonly isOwner: boolean }
	| { readonly kind: "username-taken" }
	| { readonly kind: "token-invalid" }
	/** There is no owner yet and the token was not the owner's. */
	| { readonly kind: "owner-needed" }
	/** A good token, but only the owner's is accepted now. */
	| { readonly kind: "closed" };

export interface RegisterTerms {
	readonly tokenHash: string | undefined;
	readonly now: number;
	/** False: only the owner's token makes an account. */
	readonly acceptsOrdinaryTokens: boolean;
}

export interface NewSession {
	readonly sessionId: string;
	readonly userId: UserId;
	readonly deviceId: string;
	readonly deviceName: string;
}

export interface StoredSession {
	readonly sessionId: string;
	readonly userId: UserId;
	readonly deviceId: string;
	readonly displayName: string;
	readonly isOwner: boolean;
	/** Revoked, or its person is disabled. */
	readonly isEnded: boolean;
	readonly lastUsedAt: number;
}

export interface NewRegistrationToken {
	readonly tokenHash: string;
	readonly usesAllowed: number;
	readonly expiresAt: number | undefined;
}

export interface PeopleQuery {
	readonly text: string;
	readonly limit: number;
	readonly exceptUserId: UserId;
}

/** The durable side of accounts. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface AccountStore {
	hasOwner(): Promise<boolean>;
	findAccount(localpart: string): Promise<(StoredAccount & { readonly passwordHash: string }) | undefined>;
	listAccounts(): Promise<readonly StoredAccount[]>;
	/** Display names containing, or localparts beginning with the text; people who are disabled are left out. */
	searchPeople(query: PeopleQuery): Promise<readonly { readonly userId: UserId; readonly displayName: string }[]>;
	/** One transaction: uses the token up (where there is one) and makes the account, or does neither. */
	register(account: NewAccount, terms: RegisterTerms): Promise<RegisterOutcome>;
	/** Made by an operator: no token, no policy. */
	addAccount(account: NewAccount & { readonly isOwner: boolean }): Promise<"added" | "username-taken" | "owner-exists">;
	/** Changes the hash and ends every session of the account. */
	setPassword(userId: UserId, passwordHash: string, now: number): Promise<void>;
	/** Disabling ends every session of the account. */
	setDisabled(userId: UserId, disabledAt: number | undefined): Promise<void>;
	/** False when the account was disabled or its password changed since `passwordHash` was read. */
	createSession(session: NewSession, passwordHash: string): Promise<boolean>;
	findSession(sessionId: string): Promise<StoredSession | undefined>;
	touchSession(sessionId: string, now: number): Promise<void>;
	/** False when the session had ended before. */
	revokeSession(sessionId: string, now: number): Promise<boolean>;
	addRegistrationToken(token: NewRegistrationToken): Promise<void>;
	/** Replaces the owner's token; false, and nothing changes, when there is an owner. */
	replaceOwnerToken(tokenHash: string): Promise<boolean>;
}
