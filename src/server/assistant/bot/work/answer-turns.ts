import type { RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { Clock } from "../../ports.ts";

/** Answers of one room one after the other, and no more of them than a room can bear. */
export interface AnswerTurns {
	/** Does it in its turn; a room that asked too much lately, or has too much waiting, is passed over in silence. */
	enter(roomId: RoomId, work: () => Promise<void>): Promise<void>;
	whenIdle(): Promise<void>;
}

const mostWaiting = 5;
const mostInSpan = 20;
const spanMs = 600_000;

export const createAnswerTurns = (clock: Clock): AnswerTurns => {
	const turns = new Map<RoomId, Promise<void>>();
	const waiting = new Map<RoomId, number>();
	const begun = new Map<RoomId, readonly number[]>();
	const underway = new Set<Promise<void>>();
	return {
		enter: (roomId, work) => {
			const recent = (begun.get(roomId) ?? []).filter((at) => clock.now() - at < spanMs);
			const count = waiting.get(roomId) ?? 0;
			if (recent.length >= mostInSpan || count >= mostWaiting) return Promise.resolve();
			begun.set(roomId, [...recent, clock.now()]);
			waiting.set(roomId, count + 1);
			const done = (turns.get(roomId) ?? Promise.resolve()).then(work).finally(() => {
				const left = (waiting.get(roomId) ?? 1) - 1;
				if (left > 0) waiting.set(roomId, left);
				else {
					waiting.delete(roomId);
					turns.delete(roomId);
				}
			});
			const settled = done.catch(() => undefined);
			turns.set(roomId, settled);
			underway.add(settled);
			void settled.then(() => underway.delete(settled));
			return done;
		},
		whenIdle: async () => {
			while (underway.size > 0) await Promise.all(underway);
		},
	};
};
