export { editMessage } from "./edit-message.ts";
export { markRead } from "./mark-read.ts";
export type { MessagesDependencies } from "./message-dependencies.ts";
export { reactToMessage } from "./react-to-message.ts";
export { redactMessage } from "./redact-message.ts";
export { sendMessage } from "./send-message.ts";
