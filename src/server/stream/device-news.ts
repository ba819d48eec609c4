import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { WireDeviceNews } from "../../shared/wire/sync.ts";
import type { DeviceNewsStore, StreamDevice } from "./device-ports.ts";

/** What of a device's affairs is new. */
export interface DeviceNewsFlags {
	readonly toDevice?: boolean;
	readonly lists?: boolean;
	readonly counts?: boolean;
}

/** Reads what is for one device, for one subscription: each message once, in order. */
export interface DeviceNewsReader {
	/**
	 * What is new up to a position, in one or more parts; all but the last are full. Without a `from` nothing is said of
	 * other people's devices.
	 */
	read(
		range: { readonly from: number | undefined; readonly to: number },
		flags: DeviceNewsFlags,
	): AsyncGenerator<DeviceNewsPart>;
}

export interface DeviceNewsPart {
	readonly keys: WireDeviceNews;
	readonly isLast: boolean;
}

/** At a time: an engine processes a part before the next one comes. */
const batchSize = 100;

export const createDeviceNewsReader = (
	store: DeviceNewsStore,
	device: StreamDevice & { readonly userId: UserId },
): DeviceNewsReader => {
	let handedUpTo = 0;
	return {
		read: async function* ({ from, to }, { toDevice, lists }) {
			let areListsDue = lists === true && from !== undefined;
			for (let isLast = false; !isLast; ) {
				const messages = toDevice === true ? await batch(store, device, { after: handedUpTo, upTo: to }) : [];
				isLast = messages.length < batchSize;
				const position = messages.at(-1)?.position;
				handedUpTo = position ?? handedUpTo;
				const [counts, changes] = await Promise.all([
					store.keyCounts(device),
					areListsDue ? store.listChangesFor(device.userId, { from: from ?? 0, to }) : nobody,
				]);
				areListsDue = false;
				const { oneTimeKeys, unusedFallbackKeys, dropped } = counts;
				const keys: WireDeviceNews = {
					toDevice: messages.map(({ position: at, sender, type, content }) => ({
						...{ position: String(at), sender, type, content: JSON.parse(content) },
					})),
					...(position === undefined ? {} : { toDevicePosition: String(position) }),
					changed: [...changes.changed],
					left: [...changes.left],
					// An engine takes a map without the algorithm for news of it: there are none.
					oneTimeKeyCounts: { signed_curve25519: 0, ...oneTimeKeys },
					unusedFallbackKeys: [...unusedFallbackKeys],
					...(dropped === 0 ? {} : { droppedToDevice: dropped }),
				};
				yield { keys, isLast };
			}
		},
	};
};

const nobody = { changed: [], left: [] };

const batch = (
	store: DeviceNewsStore,
	device: StreamDevice,
	range: { readonly after: number; readonly upTo: number },
): ReturnType<DeviceNewsStore["toDevice"]> => store.toDevice(device, { ...range, limit: batchSize });
