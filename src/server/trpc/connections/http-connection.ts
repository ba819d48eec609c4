import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "../../../shared/app-error.ts";
import type { CallConnection } from "../call-context.ts";
import type { ConnectionCounts } from "./connection-counts.ts";

const stuckReaderMs = 60_000;
const retryAfterMs = 5_000;

/**
 * What calls over HTTP may know of their request. It carries one subscription, which keeps it open and is counted as a
 * socket is; its answer is pulled by whoever reads it.
 */
export const createHttpConnection = (
	counts: ConnectionCounts,
	request: IncomingMessage,
	response: ServerResponse,
): CallConnection => ({
	whenWritable: async () => undefined,
	beginSubscription: () => {
		const leave = counts.enterFrom(request);
		if (leave === undefined) throw new AppError("too-many-requests", { retryAfterMs });
		// Pings go out while a reader takes them; one that takes nothing is gone.
		response.setTimeout(stuckReaderMs, () => response.destroy());
		return leave;
	},
});
