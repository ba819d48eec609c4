/** What is to be on the screen after an act. */
export interface Expected {
	readonly selector: string;
	/** What one of the elements that the selector finds holds, as its text or as the value of its field. */
	readonly text: string;
	/** How many elements the selector finds at least; 1 where absent. */
	readonly count?: number;
	/** The event by which the person caused it; absent: somebody else does, or nobody. */
	readonly event?: "click" | "keydown";
}

/** Milliseconds of the machine's wall clock, the same in every browser on it, finer than `Date` tells them. */
export interface Paint {
	/** When the person's event happened; absent where none was expected. */
	readonly causedMs: number | undefined;
	/** When the frame that shows the effect had been painted. */
	readonly paintedMs: number;
	/** When the page's navigation began. */
	readonly navigatedMs: number;
}

/** What the benches put into a page. */
export interface BenchClock {
	/** Watches for what is to be painted, from now on. */
	expect(expected: Expected): void;
	/** Settled when it was painted. */
	painted: Promise<Paint>;
}

declare global {
	interface Window {
		benchClock: BenchClock;
	}
}

/**
 * Runs in the page before its own scripts. In each frame it looks, before the browser paints, whether what is expected
 * is in the document; a message that it then sends to itself is handled after that frame's painting.
 */
export function installBenchClock(): void {
	const isThere = ({ selector, text, count = 1 }: Expected): boolean => {
		const found = [...document.querySelectorAll(selector)];
		const holdsText = (one: Element): boolean =>
			(one instanceof HTMLTextAreaElement ? one.value : (one.textContent ?? "")).includes(text);
		return found.length >= count && found.some(holdsText);
	};
	// `Date` is right at the moment at which it ticks.
	const readOffset = (): number => {
		const before = Date.now();
		let now = before;
		while (now === before) now = Date.now();
		return now - performance.now();
	};
	const painted = (expected: Expected): Promise<number> =>
		new Promise((resolve) => {
			const look = (): void => {
				if (!isThere(expected)) {
					requestAnimationFrame(look);
					return;
				}
				const channel = new MessageChannel();
				channel.port1.onmessage = () => resolve(performance.now());
				channel.port2.postMessage(undefined);
			};
			requestAnimationFrame(look);
		});
	const caused = (event: Expected["event"]): Promise<number | undefined> =>
		event === undefined
			? Promise.resolve(undefined)
			: new Promise((resolve) => {
					addEventListener(event, ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true });
				});
	window.benchClock = {
		painted: new Promise(() => undefined),
		expect(expected) {
			this.painted = Promise.all([caused(expected.event), painted(expected)]).then(([causedAt, paintedAt]) => {
				const offset = readOffset();
				return {
					causedMs: causedAt === undefined ? undefined : causedAt + offset,
					paintedMs: paintedAt + offset,
					navigatedMs: offset,
				};
			});
		},
	};
}
