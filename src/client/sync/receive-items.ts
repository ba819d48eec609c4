import type { WireSyncItem } from "../../shared/wire/sync.ts";
import { clientCipher } from "../crypto/client-cipher.ts";
import { decryptSyncItem } from "../crypto/decrypt-received.ts";

/** An item of the subscription, and the token up to which it makes the client complete. */
export interface PlacedItem {
	readonly position: string;
	readonly item: WireSyncItem;
}

/**
 * Takes items of the subscription in the order they came, each through the cipher before it is applied: a batch that
 * takes longer to read holds up those behind it, never the other way round.
 */
export function receiveItems(apply: (placed: PlacedItem) => void): (placed: PlacedItem) => void {
	let last = Promise.resolve();
	return ({ position, item }) => {
		const readable = decryptSyncItem(clientCipher, item);
		last = last.then(async () => apply({ position, item: await readable }));
	};
}
