import { accountDatabase } from "../storage/current-account.ts";
import { closedReasonFor, whenCame } from "../store/came-here.ts";
import { clientStore } from "../store/client-store.ts";
import { api } from "../trpc/trpc.ts";
import { createUnreadableCounter, type UnreadMessage } from "./count-unreadable.ts";

const everyMs = 30_000;

/** Reports what stays unreadable in this browser, from one window at a time, as long as somebody is signed in. */
export async function keepReportingUnreadable(signal: AbortSignal): Promise<void> {
	await navigator.locks?.request("kith unreadable", { signal }, () => lookUntil(signal)).catch(() => undefined);
}

async function lookUntil(signal: AbortSignal): Promise<void> {
	const counter = createUnreadableCounter({
		counted: countedBefore,
		note: noteCounted,
		report: (counts) => api.messages.reportUnreadable.mutate({ counts: [...counts] }),
		now: Date.now,
	});
	const timer = setInterval(() => void counter.look(unreadNow()).catch(() => undefined), everyMs);
	await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
	clearInterval(timer);
}

function unreadNow(): readonly UnreadMessage[] {
	const { rooms, me } = clientStore.get();
	return [...rooms.values()].flatMap(({ timeline: { events } }) => {
		const cameAt = whenCame(events, me?.userId ?? "");
		return events.flatMap((event) => {
			const reason = closedReasonFor(event, cameAt);
			return reason === undefined ? [] : [{ eventId: event.eventId, reason }];
		});
	});
}

/** A browser that keeps nothing counts nothing: it would count the same again at each start. */
async function countedBefore(eventIds: readonly string[]): Promise<ReadonlySet<string>> {
	const database = await accountDatabase();
	if (database === undefined) return new Set(eventIds);
	const counted = new Set(await database.getAllKeys("countedUnreadable"));
	return new Set(eventIds.filter((eventId) => counted.has(eventId)));
}

async function noteCounted(eventIds: readonly string[]): Promise<void> {
	const transaction = (await accountDatabase())?.transaction("countedUnreadable", "readwrite");
	await Promise.all([...eventIds.map((eventId) => transaction?.store.put({ eventId })), transaction?.done]);
}
