import { type AccountDatabase, deleteAccountDatabase, openAccountDatabase } from "./account-database.ts";
import { clearCache } from "./read-cache.ts";

const lastAccountKey = "kith.account";

interface CurrentAccount {
	readonly userId: string;
	readonly database: Promise<AccountDatabase | undefined>;
}

let current: CurrentAccount | undefined;

/** Whose data this browser showed last: what is painted before the server says who is signed in. */
export function lastAccount(): string | undefined {
	try {
		return localStorage.getItem(lastAccountKey) ?? undefined;
	} catch {
		return undefined;
	}
}

/** Makes an account the one whose database is used, and opens it. */
export function chooseAccount(userId: string): Promise<AccountDatabase | undefined> {
	if (current?.userId !== userId) {
		current = { userId, database: openAccountDatabase(userId) };
		try {
			localStorage.setItem(lastAccountKey, userId);
		} catch {
			// Without it the next start waits for the server.
		}
	}
	return current.database;
}

/** The database in use; `undefined` while nobody is signed in and where there is none. */
export async function accountDatabase(): Promise<AccountDatabase | undefined> {
	return current?.database;
}

/**
 * Closes the account in use. What the server brings again is deleted; what is nowhere else, its person finds at the next
 * sign-in.
 */
export async function restAccount(): Promise<void> {
	const resting = current;
	current = undefined;
	const database = await resting?.database;
	if (database === undefined) return;
	await clearCache(database);
	database.close();
}

/** Closes the account in use and deletes what this browser keeps of it. */
export async function forgetAccount(): Promise<void> {
	const forgotten = current;
	current = undefined;
	try {
		localStorage.removeItem(lastAccountKey);
	} catch {
		// Nothing was kept, then.
	}
	if (forgotten === undefined) return;
	(await forgotten.database)?.close();
	await deleteAccountDatabase(forgotten.userId);
}
