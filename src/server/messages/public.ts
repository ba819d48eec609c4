export { createMessages, type Messages } from "./create-messages.ts";
export type { UnreadableCounts } from "./report-unreadable.ts";
