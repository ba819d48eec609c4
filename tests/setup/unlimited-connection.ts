import type { CallConnection } from "../../src/server/trpc/call-context.ts";

/** What a call comes over where nobody counts. */
export const unlimitedConnection: CallConnection = {
	whenWritable: async () => undefined,
	beginSubscription: () => () => undefined,
};
