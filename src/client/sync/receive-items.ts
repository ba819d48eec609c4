import type { WireSyncItem } from "../../shared/wire/sync.ts";
import { clientCipher } from "../crypto/client-cipher.ts";
import { decryptSyncItem } from "../crypto/decrypt-received.ts";
import { takeInKeys } from "../crypto/take-in-keys.ts";

/** An item of the subscription, and the token up to which it makes the client complete. */
export interface PlacedItem {
	readonly position: string;
	readonly item: WireSyncItem;
}

interface Receiver {
	readonly apply: (placed: PlacedItem) => void;
	/** Everything up to here is applied, and the engine has stored what was for it. */
	readonly onWhole: (position: string) => void;
}

/**
 * Takes items of the subscription in the order they came. What is for the crypto engine goes to it before the item's events
 * are opened: keys come ahead of what they open. A batch that takes longer to read holds up those behind it, never the
 * other way round.
 */
export function receiveItems({ apply, onWhole }: Receiver): (placed: PlacedItem) => void {
	let lastKeys: Promise<unknown> = Promise.resolve();
	let lastApplied = Promise.resolve();
	let lastWhole: Promise<unknown> = Promise.resolve();
	return ({ position, item }) => {
		const news = item.kind === "ephemeral" ? undefined : item.keys;
		const keys = news === undefined ? lastKeys : Promise.all([lastKeys, takeInKeys(news)]);
		const readable = clientCipher.isReady()
			? keys.then(() => decryptSyncItem(clientCipher, item))
			: decryptSyncItem(clientCipher, item);
		const applied = lastApplied.then(async () => apply({ position, item: await readable }));
		lastWhole = Promise.all([lastWhole, keys, applied]).then(() => onWhole(position));
		lastKeys = keys;
		lastApplied = applied;
	};
}
