import { observable } from "../store/observable.ts";

/** Answering by itself, as this device does it while it is on. */
export interface AutoReplyState {
	readonly isOn: boolean;
	/** What the person wants to have said. */
	readonly note: string;
	/** Since when; milliseconds since the Unix epoch. What was written before is not answered. */
	readonly since: number;
	/** The newest last. */
	readonly sent: readonly SentReply[];
	/** Why the last answer was not written; it is gone with the next one that is. */
	readonly problem: string | undefined;
	/** True: it went off because the person wrote. */
	readonly hasWritten: boolean;
}

/** An answer that went out by itself. */
export interface SentReply {
	readonly roomId: string;
	readonly senderId: string;
	/** How the one who got it is shown. */
	readonly name: string;
	readonly at: number;
	readonly words: string;
}

export const noAutoReply: AutoReplyState = {
	...{ isOn: false, note: "", since: 0, sent: [], problem: undefined, hasWritten: false },
};

/** In every window the same; what keeps it is `keep-auto-reply.ts`. */
export const autoReply = observable<AutoReplyState>(noAutoReply);

const keptReplies = 50;

export function switchOn(note: string, now: number): void {
	autoReply.set((state) => ({ ...state, isOn: true, note, since: now, problem: undefined, hasWritten: false }));
}

export function switchOff(hasWritten = false): void {
	autoReply.set((state) => (state.isOn ? { ...state, isOn: false, hasWritten } : state));
}

export function noteSent(reply: SentReply): void {
	autoReply.set((state) => ({ ...state, sent: [...state.sent, reply].slice(-keptReplies), problem: undefined }));
}

export function noteProblem(problem: string): void {
	autoReply.set((state) => ({ ...state, problem }));
}
