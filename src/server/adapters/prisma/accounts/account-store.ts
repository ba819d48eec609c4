import type { AccountStore } from "../../../accounts/public.ts";
import { databaseError } from "../database-error.ts";
import type { Database } from "../open-database.ts";
import { findAccount, hasOwner, listAccounts, searchPeople } from "./account-queries.ts";
import { addAccount, changePassword, setDisabled, setPassword } from "./account-writes.ts";
import { findIdentity } from "./identities.ts";
import { addGrant, readGrant, takeGrant } from "./one-time-grants.ts";
import { addPasskey, findPasskey, listPasskeys, notePasskeyUse, removePasskey, renamePasskey } from "./passkeys.ts";
import { findProfile, listNewProfiles, noteProfileShown, setProfile } from "./profiles.ts";
import { register } from "./register.ts";
import { addRegistrationToken, isRegistrationTokenGood, replaceOwnerToken } from "./registration-tokens.ts";
import {
	createSession,
	findSession,
	listDevices,
	renameDevice,
	revokeDevices,
	revokeSession,
	touchSession,
} from "./sessions.ts";
import { type Client, inTransaction } from "./transaction.ts";

/** Accounts on PostgreSQL. Statements are raw where every call needs them or where rows are locked on the way. */
export const createAccountStore = ({ pool, prisma }: Pick<Database, "pool" | "prisma">): AccountStore => {
	const within = <T>(work: (client: Client) => Promise<T>): Promise<T> => guarded(() => inTransaction(prisma, work));
	return {
		hasOwner: () => guarded(() => hasOwner(prisma)),
		findAccount: (localpart) => guarded(() => findAccount(prisma, { localpart })),
		findAccountById: (id) => guarded(() => findAccount(prisma, { id })),
		listAccounts: () => guarded(() => listAccounts(prisma)),
		searchPeople: (query) => guarded(() => searchPeople(pool, query)),
		register: (account, terms) => guarded(() => register(prisma, account, terms)),
		addAccount: (account) => within((client) => addAccount(client, account)),
		setPassword: (userId, passwordHash, now) => within((client) => setPassword(client, { userId, passwordHash, now })),
		changePassword: (change) => within((client) => changePassword(client, change)),
		setProfile: (userId, change) => guarded(() => setProfile(prisma, userId, change)),
		findProfile: (userId) => guarded(() => findProfile(prisma, userId)),
		noteProfileShown: (userId, profile) => guarded(() => noteProfileShown(prisma, userId, profile)),
		listNewProfiles: (limit) => guarded(() => listNewProfiles(prisma, limit)),
		setDisabled: (userId, disabledAt) => within((client) => setDisabled(client, userId, disabledAt)),
		createSession: (session, passwordHash) => guarded(() => createSession(pool, session, passwordHash)),
		findSession: (sessionId) => guarded(() => findSession(pool, sessionId)),
		touchSession: (sessionId, now) => guarded(() => touchSession(prisma, sessionId, now)),
		revokeSession: (sessionId, now) => guarded(() => revokeSession(prisma, sessionId, now)),
		listDevices: (userId, usedAfter) => guarded(() => listDevices(prisma, userId, usedAfter)),
		renameDevice: (renaming) => guarded(() => renameDevice(prisma, renaming)),
		revokeDevices: (revocation) => guarded(() => revokeDevices(prisma, revocation)),
		addRegistrationToken: (token) => guarded(() => addRegistrationToken(prisma, token)),
		isRegistrationTokenGood: (tokenHash, now) => guarded(() => isRegistrationTokenGood(prisma, tokenHash, now)),
		replaceOwnerToken: (tokenHash) => within((client) => replaceOwnerToken(client, tokenHash)),
		addPasskey: (passkey, limit) => within((client) => addPasskey(client, passkey, limit)),
		listPasskeys: (userId) => guarded(() => listPasskeys(prisma, userId)),
		findPasskey: (id) => guarded(() => findPasskey(prisma, id)),
		notePasskeyUse: (use) => guarded(() => notePasskeyUse(prisma, use)),
		renamePasskey: (renaming) => guarded(() => renamePasskey(prisma, renaming)),
		removePasskey: (removal) => within((client) => removePasskey(client, removal)),
		findIdentity: (identity) => guarded(() => findIdentity(prisma, identity)),
		addGrant: (grant) => guarded(() => addGrant(prisma, grant)),
		readGrant: (key) => guarded(() => readGrant(prisma, key)),
		takeGrant: (key) => guarded(() => takeGrant(prisma, key)),
	};
};

const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
	try {
		return await call();
	} catch (error) {
		throw databaseError(error);
	}
};
