import { untilFetched } from "../../shared/until-fetched.ts";
import { closeEngine, startEngine } from "../crypto/client-engine.ts";
import { onVerified } from "../crypto/engine-state.ts";
import { restoreSeenEncryption } from "../crypto/room-encryption.ts";
import { forgetDrafts, hearDraft, keepDrafts, restoreDrafts, settleDrafts } from "../drafts/keep-drafts.ts";
import { clientOutbox, watchWayOut } from "../outbox/client-outbox.ts";
import { ownOllama } from "../own-ollama/own-settings.ts";
import { noteRead, sendOwnReads } from "../rooms/read-position.ts";
import type { CacheBase } from "../storage/cache-writer.ts";
import { forgetAccount, lastAccount, restAccount } from "../storage/current-account.ts";
import { openCache } from "../storage/open-cache.ts";
import { readCachedTimelines } from "../storage/read-cache.ts";
import { type Connection, initialState, type Me } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { failureOf } from "../trpc/errors.ts";
import { closeSocket } from "../trpc/socket.ts";
import { api, queryClient } from "../trpc/trpc.ts";
import { waits } from "../trpc/waits.ts";
import { joinWindows, tellWindows, type WindowNews } from "../windows/window-channel.ts";
import { askUntilAnswered } from "./ask-until-answered.ts";
import { keepSubscribed } from "./follow-stream.ts";
import { keepCache } from "./keep-cache.ts";
import { watchNet } from "./page-net.ts";
import { type Ending, endingIn } from "./session-ending.ts";

let stopRunning: (() => void) | undefined;

/** Starts what lives as long as the sign-in: the cache, who am I, the subscription, the outbox. A second call does nothing. */
export function startSession(): void {
	if (stopRunning !== undefined) return;
	const stop = new AbortController();
	stopRunning = () => stop.abort();
	watchNet(stop.signal);
	void run(stop.signal);
}

/** Ends it in every window and forgets everything, for sign-out. */
export async function endSession(): Promise<void> {
	tellWindows({ kind: "signedOut" });
	await forgetEverything();
	clientStore.set(() => initialState);
}

async function forgetEverything(): Promise<void> {
	const userId = clientStore.get().me?.userId ?? lastAccount();
	stopEverything();
	await forgetKeys(userId);
	await forgetAccount();
	closeSocket();
}

async function forgetKeys(userId: string | undefined): Promise<void> {
	const { forgetEngine } = await import("../crypto/forget-engine.ts");
	await forgetEngine(userId);
}

function stopEverything(): void {
	stopRunning?.();
	stopRunning = undefined;
	clientOutbox.close();
	forgetDrafts();
	queryClient.clear();
}

/**
 * The server, or another window, says that nobody is signed in here any more. Who was signed out, here or from another
 * device, leaves nothing behind: the device may be in other hands. After a session that only grew old, what was written
 * here and is nowhere else waits for the same person.
 */
async function leave(how: Ending): Promise<void> {
	if (how === "signedOut") {
		await forgetEverything();
		// The cookie stays until now, so that every window and every start hears that the session was ended.
		const { dropSessionCookie } = await import("../session/sign-in.ts");
		await dropSessionCookie().catch(() => undefined);
	} else await rest();
	clientStore.set(() => ({ ...initialState, connection: { kind: "signedOut" } }));
}

/** Ends it in every window as if it had grown old: what its person wrote here waits for them. */
export async function restSession(): Promise<void> {
	tellWindows({ kind: "expired" });
	await rest();
}

async function rest(): Promise<void> {
	await settleDrafts();
	stopEverything();
	closeEngine();
	await restAccount();
	closeSocket();
}

async function run(signal: AbortSignal): Promise<void> {
	const known = lastAccount();
	const asking = askWhoIAm(signal);
	let base = known === undefined ? undefined : await showCache(known, signal);
	const me = await asking;
	if (me === undefined || signal.aborted) return;
	if (typeof me === "string") return leave(me);
	if (known !== undefined && known !== me.userId) {
		// Another account has signed in meanwhile: nothing of the last one may mix with it.
		clientOutbox.close();
		forgetDrafts();
		await forgetKeys(known);
		await forgetAccount();
		clientStore.set(({ connection }) => ({ ...initialState, connection }));
		base = undefined;
	}
	if (known !== me.userId) base = await showCache(me.userId, signal);
	clientStore.set((state) => ({ ...state, me }));
	if (signal.aborted) return;
	startEngine({ userId: me.userId, deviceId: me.deviceId });
	beginBeside(signal);
	follow(base, me.userId, signal);
}

/** What goes on beside the stream; its scripts are no part of a page's. */
function beginBeside(signal: AbortSignal): void {
	const begin = <Script>(fetch: () => Promise<Script>, start: (script: Script) => unknown): void =>
		void untilFetched(fetch, signal).then(start, () => undefined);
	begin(
		() => import("../crypto/repair-closed.ts"),
		({ keepRepairing }) => keepRepairing(signal),
	);
	begin(
		() => import("../crypto/room-history.ts"),
		({ takeUpDuties }) => takeUpDuties(),
	);
	begin(
		() => import("../crypto/report-unreadable.ts"),
		({ keepReportingUnreadable }) => keepReportingUnreadable(signal),
	);
	begin(
		() => import("../own-ollama/keep-own-ollama.ts"),
		({ readOwnOllama }) => readOwnOllama(signal),
	);
	begin(
		() => import("../meaning/keep-meaning-choice.ts"),
		({ readMeaningChoice }) => readMeaningChoice(signal),
	);
	begin(
		() => import("../meaning/watch-meaning.ts"),
		({ watchMeaning }) => watchMeaning(signal),
	);
	begin(
		() => import("../auto-reply/run-auto-reply.ts"),
		({ runAutoReply }) => runAutoReply(signal),
	);
	begin(
		() => import("../reminders/keep-reminders.ts"),
		({ keepReminders }) => keepReminders(signal),
	);
	begin(
		() => import("../outbox/forget-strays.ts"),
		({ forgetStrays }) => forgetStrays(),
	);
}

/** Paints what this browser kept of an account, the list and the open chat first. Nothing is sent yet. */
async function showCache(userId: string, signal: AbortSignal): Promise<CacheBase | undefined> {
	const stopWindows = joinWindows(userId, hear);
	signal.addEventListener("abort", stopWindows, { once: true });
	const { database, cached } = await openCache(userId);
	await restoreSeenEncryption();
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
	// What this device wrote before it was approved waits for that.
	const stopWaiting = onVerified(flush);
	const stopFollowing = keepSubscribed({ onEnded: (how) => void leave(how) });
	clientOutbox.open();
	const stop = (): void => {
		stopWatching();
		stopWaiting();
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
		case "autoReply":
			void import("../auto-reply/keep-auto-reply.ts").then(({ hearAutoReply }) => hearAutoReply(news.state));
			return;
		case "reminders":
			void import("../reminders/keep-reminders.ts").then(({ hearReminders }) => hearReminders(news.reminders));
			return;
		case "meaningChoice":
			void import("../meaning/keep-meaning-choice.ts").then(({ hearMeaningChoice }) => hearMeaningChoice(news.choice));
			return;
		case "ownOllama":
			ownOllama.set(() => news.chosen);
			return;
		case "signedOut":
		case "expired":
			void leave(news.kind);
	}
}

/** Asks until the server answers who is signed in, or why nobody is; `undefined` once the signal ends it. */
async function askWhoIAm(signal: AbortSignal): Promise<Me | Ending | undefined> {
	return askUntilAnswered<Me | Ending>(
		{
			ask: (attempt) => api.accounts.me.query(undefined, { signal: attempt }),
			onSilence: () => setConnection({ kind: "offline" }),
			answerIn: (error) => endingIn(failureOf(error).code),
		},
		waits,
		signal,
	);
}

function setConnection(connection: Connection): void {
	clientStore.set((state) => (state.connection.kind === connection.kind ? state : { ...state, connection }));
}
