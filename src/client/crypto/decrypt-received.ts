import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import type { WireSyncItem } from "../../shared/wire/sync.ts";
import type { MessageCipher, ReceivedEvent } from "./message-cipher.ts";
import { withSeenEncryption } from "./room-encryption.ts";

/** An item of the subscription with every event in it readable, the last messages of the chat list too: one batch. */
export async function decryptSyncItem(cipher: MessageCipher, item: WireSyncItem): Promise<WireSyncItem> {
	if (item.kind === "ephemeral") return item;
	const readable = await readAll(
		cipher,
		item.rooms.flatMap(({ roomId, events, summary }) => receivedIn(roomId, [...events, summary?.lastMessage])),
	);
	const rooms = item.rooms.map((room) => ({
		...room,
		events: room.events.map(readable),
		...(room.summary && { summary: summaryWith(room.summary, readable) }),
	}));
	return { ...item, rooms };
}

/** A page of one room's timeline, readable. */
export async function decryptPage<P extends { readonly items: readonly WireEvent[] }>(
	cipher: MessageCipher,
	roomId: string,
	page: P,
): Promise<Omit<P, "items"> & { readonly items: readonly WireEvent[] }> {
	const readable = await readAll(cipher, receivedIn(roomId, page.items));
	return { ...page, items: page.items.map(readable) };
}

/** Rows of the chat list, readable. */
export async function decryptSummaries(
	cipher: MessageCipher,
	summaries: readonly WireRoomSummary[],
): Promise<readonly WireRoomSummary[]> {
	const readable = await readAll(
		cipher,
		summaries.flatMap(({ roomId, lastMessage }) => receivedIn(roomId, [lastMessage])),
	);
	return summaries.map((summary) => summaryWith(summary, readable));
}

type Readable = (event: WireEvent) => WireEvent;

async function readAll(cipher: MessageCipher, batch: readonly ReceivedEvent[]): Promise<Readable> {
	const events = await cipher.decrypt(batch);
	const byOriginal = new Map(batch.map(({ event }, index) => [event, events[index] ?? event]));
	return (event) => byOriginal.get(event) ?? event;
}

function receivedIn(roomId: string, events: readonly (WireEvent | undefined)[]): readonly ReceivedEvent[] {
	return events.flatMap((event) => (event === undefined ? [] : [{ roomId, event }]));
}

function summaryWith(summary: WireRoomSummary, readable: Readable): WireRoomSummary {
	return { ...withSeenEncryption(summary), ...(summary.lastMessage && { lastMessage: readable(summary.lastMessage) }) };
}
