import type pg from "pg";
import type { AccountStore } from "../../../accounts/public.ts";
import { databaseError } from "../database-error.ts";
import { findAccount, hasOwner, listAccounts, searchPeople } from "./account-queries.ts";
import { addAccount, setDisabled, setPassword } from "./account-writes.ts";
import { register } from "./register.ts";
import { addRegistrationToken, replaceOwnerToken } from "./registration-tokens.ts";
import { createSession, findSession, revokeSession, touchSession } from "./sessions.ts";
import { inTransaction } from "./transaction.ts";

/** Accounts on PostgreSQL. */
export const createAccountStore = (pool: pg.Pool): AccountStore => ({
	hasOwner: () => guarded(() => hasOwner(pool)),
	findAccount: (localpart) => guarded(() => findAccount(pool, localpart)),
	listAccounts: () => guarded(() => listAccounts(pool)),
	searchPeople: (query) => guarded(() => searchPeople(pool, query)),
	register: (account, terms) => guarded(() => register(pool, account, terms)),
	addAccount: (account) => guarded(() => inTransaction(pool, (client) => addAccount(client, account))),
	setPassword: (userId, passwordHash, now) =>
		guarded(() => inTransaction(pool, (client) => setPassword(client, { userId, passwordHash, now }))),
	setDisabled: (userId, disabledAt) =>
		guarded(() => inTransaction(pool, (client) => setDisabled(client, userId, disabledAt))),
	createSession: (session, passwordHash) => guarded(() => createSession(pool, session, passwordHash)),
	findSession: (sessionId) => guarded(() => findSession(pool, sessionId)),
	touchSession: (sessionId, now) => guarded(() => touchSession(pool, sessionId, now)),
	revokeSession: (sessionId, now) => guarded(() => revokeSession(pool, sessionId, now)),
	addRegistrationToken: (token) => guarded(() => addRegistrationToken(pool, token)),
	replaceOwnerToken: (tokenHash) =>
		guarded(() => inTransaction(pool, (client) => replaceOwnerToken(client, tokenHash))),
});

const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
	try {
		return await call();
	} catch (error) {
		throw databaseError(error);
	}
};
