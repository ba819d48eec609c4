import { untilFetched } from "../../shared/until-fetched.ts";
import type { WireDeviceNews, WireStreamItem, WireSyncItem } from "../../shared/wire/sync.ts";
import { clientCipher } from "../crypto/client-cipher.ts";
import { decryptSyncItem } from "../crypto/decrypt-received.ts";
import type { MessageCipher } from "../crypto/message-cipher.ts";
import { forgetRecipients } from "../crypto/room-recipients.ts";

/** An item of the subscription, and the token up to which it makes the client complete. */
export interface PlacedItem {
	readonly position: string;
	readonly item: WireSyncItem;
}

interface Receiver {
	readonly cipher?: MessageCipher;
	/** Hands the engine what is for it; ends when that is stored. */
	readonly takeIn?: (news: WireDeviceNews, isStart: boolean) => Promise<void>;
	readonly apply: (placed: PlacedItem) => void;
	/** Everything up to here is applied, and the engine has stored what was for it. */
	readonly onWhole: (position: string) => void;
}

/**
 * Takes items of the subscription in the order they came. What is for the crypto engine goes to it before the item's events
 * are opened: keys come ahead of what they open. A batch that takes longer to read holds up those behind it, never the
 * other way round.
 */
export function receiveItems({
	apply,
	onWhole,
	cipher = clientCipher,
	takeIn = takeInLater,
}: Receiver): (placed: PlacedItem) => void {
	let lastKeys: Promise<unknown> = Promise.resolve();
	let lastApplied = Promise.resolve();
	let lastWhole: Promise<unknown> = Promise.resolve();
	return ({ position, item }) => {
		if (item.kind !== "ephemeral") forgetMoved(item);
		const news = item.kind === "ephemeral" ? undefined : item.keys;
		const keys = news === undefined ? lastKeys : Promise.all([lastKeys, takeIn(news, item.kind === "start")]);
		const readable = cipher.isReady()
			? settled(keys).then(() => decryptSyncItem(cipher, item))
			: decryptSyncItem(cipher, item);
		const applied = lastApplied.then(async () => apply({ position, item: await readable }));
		lastWhole = Promise.all([lastWhole, keys, applied]).then(() => onWhole(position));
		lastKeys = keys;
		lastApplied = applied;
	};
}

/** So long what came waits for keys; those that are later open it where it stands. */
const longestWaitMs = 3_000;

function settled(keys: Promise<unknown>): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(resolve, longestWaitMs);
		const end = (): void => {
			clearTimeout(timer);
			resolve();
		};
		keys.then(end, end);
	});
}

async function takeInLater(news: WireDeviceNews, isStart: boolean): Promise<void> {
	const { takeInKeys } = await untilFetched(() => import("../crypto/take-in-keys.ts"));
	await takeInKeys(news, isStart);
}

/** Who may read what is sent from now on is asked anew where somebody came or went. */
function forgetMoved(item: WireStreamItem): void {
	if (item.kind === "start") forgetRecipients();
	for (const { roomId, isLimited, events } of item.rooms) {
		if (isLimited || events.some(({ type }) => type === "m.room.member")) forgetRecipients(roomId);
	}
}
