import { AppError } from "../../../shared/app-error.ts";

/** Somebody's work that waits for a slot. */
export interface QueuedWork<Slot> {
	/** Whose it is. */
	readonly owner: string;
	/** Somebody sits and waits for it: it goes before what may take its time. */
	readonly isInteractive: boolean;
	/** How many are before it; told anew when that changes. */
	onPosition(position: number): void;
	/** The slot is free again when this settles, which never rejects; then what it gives back is called. */
	run(slot: Slot): Promise<() => void>;
}

export interface RunQueue<Slot> {
	/**
	 * Begins the work or lets it wait; the answer takes it out of the queue, if it is still there. Throws AppError
	 * `too-many-requests` when the queue is full, or its owner has two waiting.
	 */
	enter(work: QueuedWork<Slot>): () => boolean;
	/** Begins what can begin: a slot may have come free by itself. */
	pump(): void;
	waiting(): number;
}

const mostWaiting = 32;
const mostWaitingOfOwner = 2;
const retryAfterMs = 15_000;

/** @param takeSlot a free slot, which is taken until it is given back; undefined: there is none */
export const createRunQueue = <Slot>(
	takeSlot: () => Slot | undefined,
	giveBack: (slot: Slot) => void,
): RunQueue<Slot> => {
	const queue: QueuedWork<Slot>[] = [];
	const tellPositions = (): void => {
		for (const [index, work] of queue.entries()) work.onPosition(index + 1);
	};
	const begin = (work: QueuedWork<Slot>, slot: Slot): void => {
		work.onPosition(0);
		void work.run(slot).then((afterwards) => {
			giveBack(slot);
			afterwards();
			pump();
		});
	};
	const pump = (): void => {
		let hasBegun = false;
		while (queue.length > 0) {
			const slot = takeSlot();
			if (slot === undefined) break;
			const next = queue.shift();
			if (next !== undefined) begin(next, slot);
			hasBegun = true;
		}
		if (hasBegun) tellPositions();
	};
	const leave = (work: QueuedWork<Slot>): boolean => {
		const index = queue.indexOf(work);
		if (index < 0) return false;
		queue.splice(index, 1);
		tellPositions();
		return true;
	};
	return {
		pump,
		waiting: () => queue.length,
		enter: (work) => {
			const slot = queue.length === 0 ? takeSlot() : undefined;
			if (slot !== undefined) {
				begin(work, slot);
				return () => false;
			}
			const ofOwner = queue.filter(({ owner }) => owner === work.owner).length;
			if (queue.length >= mostWaiting || ofOwner >= mostWaitingOfOwner) {
				throw new AppError("too-many-requests", { retryAfterMs });
			}
			const behind = work.isInteractive ? queue.findIndex(({ isInteractive }) => !isInteractive) : -1;
			queue.splice(behind < 0 ? queue.length : behind, 0, work);
			tellPositions();
			pump();
			return () => leave(work);
		},
	};
};
