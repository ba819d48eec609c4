import type { StreamWay } from "./way-openings.ts";

/** What one way tells while the subscription travels over it. */
export interface WayObserver {
	/** An item, with the token up to which it makes the client complete. */
	onItem(token: string): void;
	onWaiting(): void;
	/** The server refused, or ended the subscription: no matter of the way. */
	onEnd(): void;
	/** This way is broken and does not try again by itself. */
	onBroken(): void;
}

export interface Ways {
	/** Begins the subscription behind an item; `undefined`: there was none yet. Answers the way to end it. */
	begin(way: StreamWay, since: string | undefined, observer: WayObserver): () => void;
	onSocketOpen(listener: () => void): () => void;
	/** Calls back once; answers the way to forget it. */
	later(callback: () => void, delayMs: number): () => void;
}

/** What this page has seen of its ways; it outlives one subscription. */
export interface WayMemory {
	/** The socket has carried an item since it was last given up. */
	isSocketProven: boolean;
	current: StreamWay;
}

/** A socket that never worked is given up after so many failures, or after so long without an item. */
const failuresOfUnproven = 2;
const unprovenPatienceMs = 3_000;
/** One that did work is likely back soon: a server that starts again, a network that changes. */
const provenPatienceMs = 6_000;
const brokenPauseMs = 1_000;

/**
 * Keeps the subscription on the socket, takes it to server-sent events when the socket does not open or carries nothing,
 * and back as soon as a socket opens. Each change goes on from the last token, so nothing is lost or told twice.
 */
export function followWays(ways: Ways, memory: WayMemory): () => void {
	let token: string | undefined;
	let failures = 0;
	let isEnded = false;
	let current = memory.current;
	let endCurrent: () => void = () => undefined;
	let forget: () => void = () => undefined;
	const wait = (callback: () => void, delayMs: number): void => {
		forget();
		forget = ways.later(callback, delayMs);
	};
	const end = (): void => {
		isEnded = true;
		forget();
		stopListening();
		endCurrent();
	};
	const begin = (way: StreamWay): void => {
		forget();
		endCurrent();
		current = way;
		memory.current = way;
		failures = 0;
		let isOver = false;
		const guarded = (react: () => void) => () => {
			if (!isOver && !isEnded) react();
		};
		const giveUp = (): void => {
			memory.isSocketProven = false;
			begin("events");
		};
		const patienceMs = (): number => (memory.isSocketProven ? provenPatienceMs : unprovenPatienceMs);
		if (way === "socket") wait(giveUp, patienceMs());
		let endWay: () => void = () => undefined;
		endCurrent = () => {
			isOver = true;
			endWay();
		};
		endWay = ways.begin(way, token, {
			onItem: (reached) => {
				if (isOver || isEnded) return;
				token = reached;
				forget();
				failures = 0;
				if (way === "socket") memory.isSocketProven = true;
			},
			onWaiting: guarded(() => {
				if (way !== "socket") return;
				failures += 1;
				if (!memory.isSocketProven && failures >= failuresOfUnproven) giveUp();
				else if (failures === 1) wait(giveUp, patienceMs());
			}),
			onEnd: guarded(end),
			onBroken: guarded(() => {
				endCurrent();
				wait(() => begin("socket"), brokenPauseMs);
			}),
		});
		// It may have ended while it began.
		if (isOver) endWay();
	};
	const stopListening = ways.onSocketOpen(() => {
		if (!isEnded && current === "events") begin("socket");
	});
	begin(current);
	return end;
}
