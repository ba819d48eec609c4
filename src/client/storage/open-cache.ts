import type { AccountDatabase } from "./account-database.ts";
import { chooseAccount, lastAccount } from "./current-account.ts";
import { type CachedState, readCachedState } from "./read-cache.ts";

/** An account's database, and what it holds for a page that starts; `undefined` where there is none. */
export interface OpenCache {
	readonly database: AccountDatabase | undefined;
	readonly cached: CachedState | undefined;
}

let ahead: { readonly userId: string; readonly cache: Promise<OpenCache> } | undefined;

/** Begins to read the last account's cache while the page's scripts are still at work: what a start paints waits for it. */
export function readAhead(): void {
	const userId = typeof window === "undefined" ? undefined : lastAccount();
	if (userId !== undefined) ahead = { userId, cache: open(userId) };
}

/** Makes an account the one whose database is used, and reads what it holds of the list and the open chat. */
export function openCache(userId: string): Promise<OpenCache> {
	const begun = ahead?.userId === userId ? ahead.cache : undefined;
	ahead = undefined;
	return begun ?? open(userId);
}

async function open(userId: string): Promise<OpenCache> {
	const database = await chooseAccount(userId);
	return { database, cached: database && (await readCachedState(database, openRoomId())) };
}

/** The room that the address asks for. */
function openRoomId(): string | undefined {
	const part = /^\/chat\/([^/]+)/.exec(location.pathname)?.[1];
	return part === undefined ? undefined : decodeURIComponent(part);
}
