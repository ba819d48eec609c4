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
	/** The server's own assistant: nobody signs in as it. */
	readonly isBot: boolean;
	readonly createdAt: number;
}

export interface NewAccount {
	readonly userId: UserId;
	readonly localpart: string;
	readonly displayName: string;
	/** At least one way in: a password, a passkey or an identity. */
	readonly passwordHash?: string | undefined;
	readonly passkey?: NewPasskey | undefined;
	readonly identity?: ProviderIdentity | undefined;
}

export interface StoredCredentials {
	/** Absent: the account has no password. */
	readonly passwordHash: string | undefined;
}

export interface PasswordChange {
	readonly userId: UserId;
	/** The hash that the current password was checked against; absent: there was none. */
	readonly currentHash: string | undefined;
	readonly passwordHash: string;
	/** Given: every session but this one ends. */
	readonly endsOtherSessionsThan: string | undefined;
	readonly now: number;
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
	readonly avatarUrl: string | undefined;
	readonly isOwner: boolean;
	/** Revoked, or its person is disabled. */
	readonly isEnded: boolean;
	readonly lastUsedAt: number;
}

export interface StoredDevice {
	readonly sessionId: string;
	/** Unique per person, not secret. */
	readonly deviceId: string;
	readonly name: string;
	readonly createdAt: number;
	readonly lastUsedAt: number;
}

export interface DeviceRevocation {
	readonly userId: UserId;
	readonly devices: { readonly only: string } | { readonly allBut: string };
	readonly now: number;
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

/** Whom an OpenID provider means. */
export interface ProviderIdentity {
	readonly issuer: string;
	readonly subject: string;
}

export interface NewPasskey {
	/** The credential id, in base64url. */
	readonly id: string;
	readonly userHandle: string;
	readonly publicKey: Uint8Array;
	readonly signCount: number;
	readonly transports: readonly string[];
	readonly name: string;
}

export interface StoredPasskey extends NewPasskey {
	readonly userId: UserId;
	readonly createdAt: number;
	readonly lastUsedAt: number | undefined;
}

export interface PasskeyUse {
	readonly id: string;
	readonly countBefore: number;
	readonly count: number;
	readonly now: number;
}

/** Something that counts once and for a while. */
export interface NewGrant {
	readonly kind: string;
	readonly secretHash: string;
	readonly data: string;
	readonly expiresAt: number;
}

export interface GrantKey {
	readonly kind: string;
	readonly secretHash: string;
	readonly now: number;
}

/** How a person wants to be shown. */
export interface StoredProfile {
	readonly displayName: string;
	/** `mxc://server/id`; null: no picture. */
	readonly avatarUrl: string | null;
}

export type ProfileChange = Partial<StoredProfile>;

export interface FoundPerson {
	readonly userId: UserId;
	readonly displayName: string;
	readonly avatarUrl?: string;
}

/** The durable side of accounts. Every method throws AppError `unavailable` when the database cannot be reached. */
export interface AccountStore extends PasskeyStore, GrantStore, DeviceStore {
	hasOwner(): Promise<boolean>;
	findAccount(localpart: string): Promise<(StoredAccount & StoredCredentials) | undefined>;
	findAccountById(userId: UserId): Promise<(StoredAccount & StoredCredentials) | undefined>;
	findIdentity(identity: ProviderIdentity): Promise<UserId | undefined>;
	listAccounts(): Promise<readonly StoredAccount[]>;
	/** Display names containing, or localparts beginning with the text; people who are disabled are left out. */
	searchPeople(query: PeopleQuery): Promise<readonly FoundPerson[]>;
	/** One transaction: uses the token up (where there is one) and makes the account, or does neither. */
	register(account: NewAccount, terms: RegisterTerms): Promise<RegisterOutcome>;
	/** Made by an operator: no token, no policy. One of a bot has no way in. */
	addAccount(
		account: NewAccount & { readonly isOwner: boolean; readonly isBot?: boolean },
	): Promise<"added" | "username-taken" | "owner-exists">;
	/** Changes the hash and ends every session of the account. */
	setPassword(userId: UserId, passwordHash: string, now: number): Promise<void>;
	/** False, and nothing changes, when the password is no longer the one that was checked. */
	changePassword(change: PasswordChange): Promise<boolean>;
	/** Changes what is given; the profile is then new until `noteProfileShown`. */
	setProfile(userId: UserId, change: ProfileChange): Promise<void>;
	findProfile(userId: UserId): Promise<StoredProfile | undefined>;
	/** False when the profile is another one by now, which has yet to be shown. */
	noteProfileShown(userId: UserId, profile: StoredProfile): Promise<boolean>;
	/** People whose rooms may show an older profile. */
	listNewProfiles(limit: number): Promise<readonly UserId[]>;
	/** Disabling ends every session of the account. */
	setDisabled(userId: UserId, disabledAt: number | undefined): Promise<void>;
	addRegistrationToken(token: NewRegistrationToken): Promise<void>;
	/** Whether it would let somebody register now; it is not used up by asking. */
	isRegistrationTokenGood(tokenHash: string, now: number): Promise<boolean>;
	/** Replaces the owner's token; false, and nothing changes, when there is an owner. */
	replaceOwnerToken(tokenHash: string): Promise<boolean>;
}

export interface DeviceStore {
	/**
	 * False when the account was disabled or, where the hash is given, its password changed since `passwordHash` was
	 * read.
	 */
	createSession(session: NewSession, passwordHash: string | undefined): Promise<boolean>;
	findSession(sessionId: string): Promise<StoredSession | undefined>;
	touchSession(sessionId: string, now: number): Promise<void>;
	/** False when the session had ended before. */
	revokeSession(sessionId: string, now: number): Promise<boolean>;
	/** The sessions that stand and were used after that time, the one used last first. */
	listDevices(userId: UserId, usedAfter: number): Promise<readonly StoredDevice[]>;
	/** False: the person has no such device. */
	renameDevice(renaming: {
		readonly userId: UserId;
		readonly deviceId: string;
		readonly name: string;
	}): Promise<boolean>;
	/** Answers the ids of the sessions that ended by it. */
	revokeDevices(revocation: DeviceRevocation): Promise<readonly string[]>;
}

export interface PasskeyStore {
	addPasskey(passkey: NewPasskey & { readonly userId: UserId }, limit: number): Promise<"added" | "known" | "too-many">;
	listPasskeys(userId: UserId): Promise<readonly StoredPasskey[]>;
	findPasskey(id: string): Promise<StoredPasskey | undefined>;
	/** Notes a use; false when the passkey is gone or was used in between. */
	notePasskeyUse(use: PasskeyUse): Promise<boolean>;
	renamePasskey(renaming: { readonly userId: UserId; readonly id: string; readonly name: string }): Promise<boolean>;
	removePasskey(removal: {
		readonly userId: UserId;
		readonly id: string;
	}): Promise<"removed" | "unknown" | "last-way-in">;
}

export interface GrantStore {
	addGrant(grant: NewGrant & { readonly now: number }): Promise<void>;
	/** The data of a grant that still counts, which goes on counting. */
	readGrant(key: GrantKey): Promise<string | undefined>;
	/** The data of a grant, once: of two callers one gets it. */
	takeGrant(key: GrantKey): Promise<string | undefined>;
}

/** The rooms that somebody is in, as far as their account concerns them. */
export interface Memberships {
	/** Shows the person's present name and picture in every room they are in; done again it changes nothing. */
	showProfile(userId: UserId): Promise<void>;
	/** Leaves every room and turns every invitation down; done again it changes nothing. */
	leaveAll(userId: UserId): Promise<void>;
}

/** Pictures that people uploaded. */
export interface Pictures {
	/** Throws `bad-input` unless the address is of a picture that this person uploaded here. */
	requireOwnPicture(userId: UserId, url: string): Promise<void>;
}
