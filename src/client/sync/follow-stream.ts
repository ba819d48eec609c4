import { untilFetched } from "../../shared/until-fetched.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireStreamItem } from "../../shared/wire/sync.ts";
import { clientOutbox } from "../outbox/client-outbox.ts";
import { newTransactionId } from "../outbox/transaction-id.ts";
import { fillRoomList } from "../rooms/paging.ts";
import { emptyEphemeral } from "../store/apply-ephemeral.ts";
import { applySyncItem, type Connection } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { failureOf } from "../trpc/errors.ts";
import { streamWay } from "../trpc/stream-link.ts";
import { api, queryClient } from "../trpc/trpc.ts";
import { createAcknowledger } from "./acknowledger.ts";
import { tellActivity } from "./page-activity.ts";
import { type PlacedItem, receiveItems } from "./receive-items.ts";
import { type Ending, endingIn } from "./session-ending.ts";

export interface StreamEvents {
	/** The server says that nobody is signed in here any more. */
	readonly onEnded: (how: Ending) => void;
}

/** Follows the stream from where the client is, and begins again whenever the server ends the subscription. */
export function keepSubscribed({ onEnded }: StreamEvents): () => void {
	let isStopped = false;
	const acknowledge = createAcknowledger(async (position) => {
		if (!isStopped) await api.sync.acknowledge.mutate({ position });
	});
	const clientId = newTransactionId();
	const activity = tellActivity(document, (isActive) => api.sync.setActive.mutate({ clientId, isActive }));
	let current: { unsubscribe(): void } | undefined;
	let received = clientStore.get().position;
	const receive = receiveItems({
		apply: (placed) => {
			if (isStopped) return;
			apply(placed);
			acknowledge(placed.position);
		},
		onWhole: (wholePosition) => {
			if (!isStopped) clientStore.set((state) => ({ ...state, wholePosition }));
		},
	});
	const begin = (): void => {
		if (isStopped) return;
		activity.opening();
		current = subscribe(
			{ clientId, keys: {}, ...(received !== undefined && { lastEventId: received }) },
			{
				onOpening: activity.opening,
				onItem: (placed) => {
					activity.followed();
					received = placed.position;
					receive(placed);
				},
				onEnd: (retryAfterMs = 0) => setTimeout(begin, Math.max(resubscribeAfterMs, retryAfterMs)),
				onEnded,
			},
		);
	};
	begin();
	return () => {
		isStopped = true;
		activity.stop();
		current?.unsubscribe();
	};
}

const resubscribeAfterMs = 1000;

interface Place {
	readonly clientId: string;
	readonly keys: Record<string, never>;
	readonly lastEventId?: string;
}

interface Following extends StreamEvents {
	/** The subscription is made anew: what comes next comes by another one. */
	readonly onOpening: () => void;
	readonly onItem: (placed: PlacedItem) => void;
	/** The server ended the subscription, though not for good; where it said so, not to be asked again before that. */
	readonly onEnd: (retryAfterMs?: number) => void;
}

function subscribe(input: Place, following: Following): { unsubscribe(): void } {
	const { onOpening, onItem, onEnd, onEnded } = following;
	return api.sync.subscribe.subscribe(input, {
		onData: ({ id, data }) => onItem({ position: id, item: data }),
		onComplete: () => onEnd(),
		onConnectionStateChange: (state) => {
			onOpening();
			if (state.state === "pending") setConnection({ kind: "online", via: streamWay() });
			else if (state.state === "connecting" && state.error !== null) setConnection({ kind: "offline" });
		},
		onError: (error) => {
			const { code, retryAfterMs } = failureOf(error);
			const ending = endingIn(code);
			if (ending !== undefined) return onEnded(ending);
			setConnection({ kind: "offline" });
			onEnd(retryAfterMs);
		},
	});
}

function apply({ position, item }: PlacedItem): void {
	clientStore.set((state) => ({ ...applySyncItem(state, item), position }));
	if (item.kind === "ephemeral") return;
	const arrived = item.rooms.flatMap((room) => room.events.flatMap(({ transactionId }) => transactionId ?? []));
	clientOutbox.settle(position, new Set(arrived));
	void keepEdits(item);
	void refreshMembers(item);
	void refreshMe(item);
	// What could not be read now is read when the person asks for more chats.
	if (item.kind === "start") fillRoomList().catch(() => undefined);
}

/** An edit that cannot be read yet changes nothing until it can. */
async function keepEdits({ rooms }: WireStreamItem): Promise<void> {
	const isClosed = ({ type, relatesTo }: WireEvent): boolean =>
		type === "m.room.encrypted" && relatesTo?.kind === "edit";
	if (!rooms.some(({ events }) => events.some(isClosed))) return;
	const { keepClosedEdits } = await untilFetched(() => import("../crypto/repair-closed.ts"));
	for (const { roomId, events } of rooms) keepClosedEdits(roomId, events);
}

/** Another window or device of this person has changed how they are shown. */
async function refreshMe(item: WireStreamItem): Promise<void> {
	const own = clientStore.get().me?.userId;
	const events = item.rooms.flatMap((room) => room.events);
	if (!events.some(({ type, stateKey }) => type === "m.room.member" && stateKey === own)) return;
	const me = await api.accounts.me.query().catch(() => undefined);
	if (me !== undefined) clientStore.set((state) => (state.me?.userId === me.userId ? { ...state, me } : state));
}

/** The people of a room are read by query; an event that changes them makes that answer old, and so does a new start. */
async function refreshMembers(item: WireStreamItem): Promise<void> {
	const changed =
		item.kind === "start" || item.rooms.some((room) => room.events.some((event) => event.stateKey !== undefined));
	if (!changed) return;
	await queryClient.invalidateQueries({ predicate: ({ queryKey }) => isAboutRooms(queryKey) });
}

/** tRPC's keys begin with the path of the procedure. What the assistant may do in a room is a state of it, too. */
function isAboutRooms([path]: readonly unknown[]): boolean {
	if (!Array.isArray(path)) return false;
	return path[0] === "rooms" || (path[0] === "assistant" && path[1] === "policy");
}

function setConnection(connection: Connection): void {
	// Who is there and who writes is known only as long as it is heard.
	const forgotten = connection.kind === "offline" ? emptyEphemeral : {};
	clientStore.set((state) => (isSame(state.connection, connection) ? state : { ...state, connection, ...forgotten }));
}

function isSame(one: Connection, other: Connection): boolean {
	return one.kind === "online" && other.kind === "online" ? one.via === other.via : one.kind === other.kind;
}
