import * as z from "zod";

const controlMessage = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("sessions-revoked"),
		userId: z.string(),
		/** Given: this session alone. */
		sessionId: z.string().optional(),
		/** Given: every session but this one. */
		exceptSessionId: z.string().optional(),
	}),
]);

/** Which sessions of a person a message is about. */
export interface EndedSessions {
	readonly userId: string;
	readonly sessionId?: string | undefined;
	readonly exceptSessionId?: string | undefined;
}

export const isAmong = (
	ended: EndedSessions,
	session: { readonly userId: string; readonly sessionId: string },
): boolean =>
	ended.userId === session.userId &&
	(ended.sessionId === undefined || ended.sessionId === session.sessionId) &&
	ended.exceptSessionId !== session.sessionId;

/** What one process asks all others to do at once; a process that misses it finds out from the session's row. */
export type ControlMessage = z.infer<typeof controlMessage>;

/** The PostgreSQL notification channel that carries control messages. */
export const controlChannelName = "kith_control";

/** Reads a notification's payload; undefined for anything else than a control message. */
export const parseControlMessage = (payload: string): ControlMessage | undefined => {
	let value: unknown;
	try {
		value = JSON.parse(payload);
	} catch {
		return undefined;
	}
	const parsed = controlMessage.safeParse(value);
	return parsed.success ? parsed.data : undefined;
};
