import type { Viewer } from "../../src/server/accounts/public.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";
import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";

/** What waits for a device, as a fresh subscription brings it. */
export const newsFor = async (
	host: TransportHost,
	{ userId, sessionId, deviceId }: Viewer,
): Promise<WireDeviceNews> => {
	const stopping = new AbortController();
	const items = host.stream.subscribe({
		...{ userId, sessionId, deviceId, since: undefined, windowSize: 1, timelineLimit: 1, signal: stopping.signal },
	});
	for await (const { item } of items) {
		if (item.kind === "ephemeral" || item.keys === undefined) continue;
		stopping.abort();
		return item.keys;
	}
	throw new Error("nothing came");
};
