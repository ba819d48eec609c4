/** Work that nobody waits for as one waits for an answer. */
export interface SpareWork<Slot> {
	/** It goes before what is not. */
	readonly isShort: boolean;
	/** False: it gave way as the signal asked, and has its turn again. Never rejects. */
	run(slot: Slot, giveWay: AbortSignal): Promise<boolean>;
}

export interface SpareTurns<Slot> {
	/** Lets work wait for its turn; the answer takes it out again, if it has not begun. */
	enter(work: SpareWork<Slot>): () => void;
	/** Begins what can begin. */
	pump(): void;
	/** A run wants a slot: what has begun stops at once. */
	giveWay(): void;
}

interface Slots<Slot> {
	/** A free one, which is taken until it is given back; undefined: there is none. */
	take(): Slot | undefined;
	giveBack(slot: Slot): void;
	/** A run waits for one. */
	isWanted(): boolean;
}

/** Turns on the slots of runs, one at a time, while no run wants them. */
export const createSpareTurns = <Slot>({ take, giveBack, isWanted }: Slots<Slot>): SpareTurns<Slot> => {
	const waiting: SpareWork<Slot>[] = [];
	let begun: AbortController | undefined;
	const put = (work: SpareWork<Slot>): void => {
		const behind = work.isShort ? waiting.findIndex(({ isShort }) => !isShort) : -1;
		waiting.splice(behind < 0 ? waiting.length : behind, 0, work);
	};
	const pump = (): void => {
		const [next] = waiting;
		if (next === undefined || begun !== undefined || isWanted()) return;
		const slot = take();
		if (slot === undefined) return;
		waiting.shift();
		const own = new AbortController();
		begun = own;
		void next.run(slot, own.signal).then((isOver) => {
			begun = undefined;
			if (!isOver) waiting.unshift(next);
			giveBack(slot);
			pump();
		});
	};
	return {
		pump,
		giveWay: () => begun?.abort(),
		enter: (work) => {
			put(work);
			pump();
			return () => {
				const place = waiting.indexOf(work);
				if (place >= 0) waiting.splice(place, 1);
			};
		},
	};
};
