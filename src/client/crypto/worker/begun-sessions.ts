/**
 * The sessions in which rooms' messages are sealed, as far as this engine saw them begin: of these it is known how much they are
 * still good for. Asking the machine costs a look at each reader's devices, before every message.
 */
import { messageIndexOf } from "./message-index.ts";

interface Begun {
	readonly sessionId: string;
	readonly atMs: number;
	/** So many messages were sealed in it. */
	readonly count: number;
}

/** After how long, and how many messages, a session is followed by another one. */
export interface SessionLimits {
	readonly rotationPeriodMs: number;
	readonly rotationPeriodMessages: number;
}

/** It must not come to its end between the look and the sealing; a key may be handed out so long before its first message. */
const marginMs = 120_000;

export const createBegunSessions = (now: () => number) => {
	const sessions = new Map<string, Begun>();
	return {
		/** True: one message more can be sealed in the room's session, by these limits. */
		lasts: (roomId: string, { rotationPeriodMs, rotationPeriodMessages }: SessionLimits): boolean => {
			const known = sessions.get(roomId);
			if (known === undefined) return false;
			return known.count < rotationPeriodMessages && now() - known.atMs < rotationPeriodMs - marginMs;
		},
		/** A message was sealed. If it is the first of its session, that was ready at `beganMs`. */
		note: (roomId: string, content: Readonly<Record<string, unknown>>, beganMs: number): void => {
			const { session_id: sessionId, ciphertext } = content;
			const index = typeof ciphertext === "string" ? messageIndexOf(ciphertext) : undefined;
			const known = sessions.get(roomId);
			sessions.delete(roomId);
			if (index === undefined || typeof sessionId !== "string") return;
			if (index === 0) sessions.set(roomId, { sessionId, atMs: beganMs, count: 1 });
			else if (known?.sessionId === sessionId) sessions.set(roomId, { ...known, count: index + 1 });
		},
	};
};
