import { createStreamStore } from "../../src/server/adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "../../src/server/adapters/prisma/timeline/timeline-store.ts";
import { createStream, type Stream } from "../../src/server/stream/public.ts";
import { createTimeline } from "../../src/server/timeline/public.ts";
import { openPrivacy } from "../../src/shared/wire/privacy-choices.ts";
import { silentLog } from "./silent-log.ts";
import type { TestServer } from "./test-server.ts";

/** What people of this server follow. */
export const openServerStream = async (server: TestServer): Promise<Stream> => {
	const timeline = createTimeline({
		store: createTimelineStore(server.database.pool),
		privacyOf: async () => openPrivacy,
	});
	const stream = createStream({
		store: createStreamStore(server.database.pool),
		reads: timeline.streamReads,
		...{ bus: server.bus, log: silentLog, clock: Date, processId: server.name },
		takesRemotePresence: server.rules.isPresenceShared,
		onAcquainted: server.exchange.acquainted,
	});
	await stream.start();
	return stream;
};
