import type { StreamMarks } from "./ports.ts";
import type { SubscriberIndex } from "./subscriber-index.ts";

/** What happened to devices between two positions. */
export interface DeviceMarks extends Pick<StreamMarks, "toDevice" | "listChanges"> {
	/** Whom the changes of devices concern. */
	readonly sharers: ReadonlySet<string>;
	readonly to: number;
}

/**
 * Wakes the subscriptions that want to know: each reads its own part. `met` are people whose rooms somebody entered or
 * left. Subscriptions that never asked for such news are passed over.
 */
export const deliverDeviceNews = (
	subscribers: SubscriberIndex,
	{ toDevice, sharers, to }: DeviceMarks,
	met: ReadonlySet<string>,
): void => {
	for (const { userId, deviceId } of toDevice) {
		for (const subscriber of subscribers.of(userId)) {
			if (subscriber.deviceId === deviceId) subscriber.pushDeviceNews({ toDevice: true }, to);
		}
	}
	for (const people of [sharers, met]) {
		for (const userId of people) {
			for (const subscriber of subscribers.of(userId)) {
				if (subscriber.deviceId !== undefined) subscriber.pushDeviceNews({ lists: true }, to);
			}
		}
	}
};
