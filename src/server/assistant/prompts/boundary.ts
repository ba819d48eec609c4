import { createHmac } from "node:crypto";

/**
 * The marks around data: nobody who writes in a chat can guess them, and they are the same for one person and chat, so that
 * what a model remembers of a beginning stays true.
 */
export const boundaryOf = (key: Uint8Array, userId: string, chat: string): string =>
	createHmac("sha256", key).update(`boundary\n${userId}\n${chat}`).digest("base64url").slice(0, 16);
