import type { WireSyncItem } from "../../shared/wire/sync.ts";
import { clientOutbox, watchWayOut } from "../outbox/client-outbox.ts";
import { applySyncItem, type Connection, initialState } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { failureOf } from "../trpc/errors.ts";
import { closeSocket } from "../trpc/socket.ts";
import { api, queryClient } from "../trpc/trpc.ts";
import { createAcknowledger } from "./acknowledger.ts";

let stopRunning: (() => void) | undefined;

/** Starts what lives as long as the sign-in: who am I, the subscription, the outbox. A second call does nothing. */
export function startSession(): void {
	if (stopRunning !== undefined) return;
	const stop = new AbortController();
	stopRunning = () => stop.abort();
	void run(stop.signal);
}

/** Ends it and forgets everything, for sign-out. */
export async function endSession(): Promise<void> {
	const userId = clientStore.get().me?.userId;
	stopRunning?.();
	stopRunning = undefined;
	if (userId !== undefined) await clientOutbox.clear(userId);
	queryClient.clear();
	await closeSocket();
	clientStore.set(() => initialState);
}

async function run(signal: AbortSignal): Promise<void> {
	const me = await askWhoIAm(signal);
	if (me === undefined || signal.aborted) return;
	clientStore.set((state) => ({ ...state, me }));
	const stopWatching = watchWayOut();
	const stopFollowing = keepSubscribed();
	await clientOutbox.restore(me.userId);
	const stop = () => {
		stopWatching();
		stopFollowing();
	};
	if (signal.aborted) stop();
	else signal.addEventListener("abort", stop, { once: true });
}

/** Asks until the server answers; `undefined` when nobody is signed in. */
async function askWhoIAm(signal: AbortSignal) {
	for (let attempt = 0; !signal.aborted; attempt += 1) {
		try {
			return await api.accounts.me.query(undefined, { signal });
		} catch (error) {
			const { code } = failureOf(error);
			if (code === "not-signed-in" || code === "account-disabled") {
				setConnection({ kind: "signedOut" });
				return undefined;
			}
			setConnection({ kind: "offline" });
			await delay(Math.min(1000 * 2 ** attempt, 15_000));
		}
	}
	return undefined;
}

/** Follows the stream and begins again, from where it was, whenever the server ends the subscription. */
function keepSubscribed(): () => void {
	const acknowledge = createAcknowledger((position) => api.sync.acknowledge.mutate({ position }));
	let position: string | undefined;
	let isStopped = false;
	let current: { unsubscribe(): void } | undefined;
	const begin = (): void => {
		if (isStopped) return;
		current = subscribe(position, {
			onItem: (reached, item) => {
				position = reached;
				apply(item);
				acknowledge(reached);
			},
			onEnd: () => void delay(resubscribeAfterMs).then(begin),
		});
	};
	begin();
	return () => {
		isStopped = true;
		current?.unsubscribe();
	};
}

const resubscribeAfterMs = 1000;

interface Following {
	readonly onItem: (position: string, item: WireSyncItem) => void;
	/** The server ended the subscription, though not for good. */
	readonly onEnd: () => void;
}

function subscribe(lastEventId: string | undefined, { onItem, onEnd }: Following): { unsubscribe(): void } {
	return api.sync.subscribe.subscribe(lastEventId === undefined ? {} : { lastEventId }, {
		onData: ({ id, data }) => onItem(id, data),
		onComplete: onEnd,
		onConnectionStateChange: (state) => {
			if (state.state === "pending") setConnection({ kind: "online" });
			else if (state.state === "connecting" && state.error !== null) setConnection({ kind: "offline" });
		},
		onError: (error) => {
			if (failureOf(error).code === "not-signed-in") setConnection({ kind: "signedOut" });
			else {
				setConnection({ kind: "offline" });
				onEnd();
			}
		},
	});
}

function apply(item: WireSyncItem): void {
	clientStore.set((state) => applySyncItem(state, item));
	const arrived = item.rooms.flatMap((room) => room.events.map((event) => event.transactionId));
	for (const transactionId of arrived) {
		if (transactionId !== undefined) clientOutbox.remove(transactionId);
	}
	void refreshMembers(item);
}

/** The people of a room are read by query; an event that changes them makes that answer old, and so does a new start. */
async function refreshMembers(item: WireSyncItem): Promise<void> {
	const changed =
		item.kind === "start" || item.rooms.some((room) => room.events.some((event) => event.stateKey !== undefined));
	if (!changed) return;
	await queryClient.invalidateQueries({ predicate: ({ queryKey }) => isAboutRooms(queryKey) });
}

/** tRPC's keys begin with the path of the procedure. */
function isAboutRooms(queryKey: readonly unknown[]): boolean {
	return Array.isArray(queryKey[0]) && queryKey[0][0] === "rooms";
}

function setConnection(connection: Connection): void {
	clientStore.set((state) => (state.connection.kind === connection.kind ? state : { ...state, connection }));
}

function delay(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
