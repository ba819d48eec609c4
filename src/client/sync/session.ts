import { forgetDrafts, hearDraft, keepDrafts, restoreDrafts } from "../drafts/keep-drafts.ts";
import { clientOutbox, watchWayOut } from "../outbox/client-outbox.ts";
import { noteRead, sendOwnReads } from "../rooms/read-position.ts";
import type { CacheBase } from "../storage/cache-writer.ts";
import { chooseAccount, forgetAccount, lastAccount } from "../storage/current-account.ts";
import { readCachedState, readCachedTimelines } from "../storage/read-cache.ts";
import { type Connection, initialState } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { failureOf } from "../trpc/errors.ts";
import { closeSocket } from "../trpc/socket.ts";
import { api, queryClient } from "../trpc/trpc.ts";
import { joinWindows, tellWindows, type WindowNews } from "../windows/window-channel.ts";
import { keepSubscribed } from "./follow-stream.ts";
import { keepCache } from "./keep-cache.ts";

let stopRunning: (() => void) | undefined;

/** Starts what lives as long as the sign-in: the cache, who am I, the subscription, the outbox. A second call does nothing. */
export function startSession(): void {
	if (stopRunning !== undefined) return;
	const stop = new AbortController();
	stopRunning = () => stop.abort();
	void run(stop.signal);
}

/** Ends it in every window and forgets everything, for sign-out. */
export async function endSession(): Promise<void> {
	tellWindows({ kind: "signedOut" });
	await forgetEverything();
	clientStore.set(() => initialState);
}

async function forgetEverything(): Promise<void> {
	stopRunning?.();
	stopRunning = undefined;
	clientOutbox.close();
	forgetDrafts();
	queryClient.clear();
	await forgetAccount();
	await closeSocket();
}

/** The server, or another window, says that nobody is signed in here any more. */
async function leave(): Promise<void> {
	await forgetEverything();
	clientStore.set(() => ({ ...initialState, connection: { kind: "signedOut" } }));
}

async function run(signal: AbortSignal): Promise<void> {
	const known = lastAccount();
	let base = known === undefined ? undefined : await showCache(known, signal);
	const me = await askWhoIAm(signal);
	if (signal.aborted) return;
	if (me === undefined) return leave();
	if (known !== undefined && known !== me.userId) {
		// Another account has signed in meanwhile: nothing of the last one may mix with it.
		clientOutbox.close();
		forgetDrafts();
		await forgetAccount();
		clientStore.set(({ connection }) => ({ ...initialState, connection }));
		base = undefined;
	}
	if (known !== me.userId) base = await showCache(me.userId, signal);
	clientStore.set((state) => ({ ...state, me }));
	if (signal.aborted) return;
	follow(base, me.userId, signal);
}

/** Paints what this browser kept of an account, the list and the open chat first. Nothing is sent yet. */
async function showCache(userId: string, signal: AbortSignal): Promise<CacheBase | undefined> {
	const database = await chooseAccount(userId);
	const stopWindows = joinWindows(userId, hear);
	signal.addEventListener("abort", stopWindows, { once: true });
	const cached = database && (await readCachedState(database, openRoomId()));
	if (signal.aborted) return undefined;
	if (cached !== undefined) clientStore.set((state) => ({ ...state, ...cached.state }));
	await Promise.all([clientOutbox.restore(), restoreDrafts()]);
	if (signal.aborted) return undefined;
	keepDrafts(signal);
	if (database === undefined || cached === undefined) return undefined;
	clientOutbox.settle(cached.state.position, new Set());
	const addTimelines = await readCachedTimelines(database);
	if (signal.aborted) return undefined;
	const before = clientStore.get().rooms;
	clientStore.set(addTimelines);
	const after = clientStore.get().rooms;
	// What has changed since it was read is not what the cache holds.
	const unchanged = [...after].filter(([roomId]) => before.get(roomId) === cached.state.rooms.get(roomId));
	return { writer: cached.writer, rooms: new Map(unchanged) };
}

function follow(base: CacheBase | undefined, userId: string, signal: AbortSignal): void {
	void keepCache(base, userId, signal);
	const flush = (): void => {
		clientOutbox.flush();
		sendOwnReads();
	};
	const stopWatching = watchWayOut(flush);
	const stopFollowing = keepSubscribed({ onSignedOut: () => void leave() });
	clientOutbox.open();
	const stop = (): void => {
		stopWatching();
		stopFollowing();
	};
	signal.addEventListener("abort", stop, { once: true });
}

function hear(news: WindowNews): void {
	switch (news.kind) {
		case "outbox":
			clientOutbox.hear(news.news);
			return;
		case "read":
			noteRead(news.roomId, news.read);
			return;
		case "draft":
			hearDraft(news.roomId, news.draft);
			return;
		case "signedOut":
			void leave();
	}
}

/** The room that the address asks for. */
function openRoomId(): string | undefined {
	const part = /^\/chat\/([^/]+)/.exec(location.pathname)?.[1];
	return part === undefined ? undefined : decodeURIComponent(part);
}

/** Asks until the server answers; `undefined` when nobody is signed in. */
async function askWhoIAm(signal: AbortSignal) {
	for (let attempt = 0; !signal.aborted; attempt += 1) {
		try {
			return await api.accounts.me.query(undefined, { signal });
		} catch (error) {
			const { code } = failureOf(error);
			if (code === "not-signed-in" || code === "account-disabled") return undefined;
			setConnection({ kind: "offline" });
			await delay(Math.min(1000 * 2 ** attempt, 15_000));
		}
	}
	return undefined;
}

function setConnection(connection: Connection): void {
	clientStore.set((state) => (state.connection.kind === connection.kind ? state : { ...state, connection }));
}

function delay(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
