import { type EditMessageInput, editMessage } from "./edit-message.ts";
import { type MarkReadInput, markRead } from "./mark-read.ts";
import type { MessagesDependencies } from "./message-dependencies.ts";
import { type ReactInput, reactToMessage } from "./react-to-message.ts";
import { type RedactInput, redactMessage } from "./redact-message.ts";
import { type SendMessageInput, sendMessage } from "./send-message.ts";

/** The area's use cases, bound to what they stand on. */
export const createMessages = (dependencies: MessagesDependencies) => ({
	send: (input: SendMessageInput) => sendMessage(dependencies, input),
	edit: (input: EditMessageInput) => editMessage(dependencies, input),
	react: (input: ReactInput) => reactToMessage(dependencies, input),
	redact: (input: RedactInput) => redactMessage(dependencies, input),
	markRead: (input: MarkReadInput) => markRead(dependencies, input),
});

export type Messages = ReturnType<typeof createMessages>;
