/** What was seen of the timeline from frame to frame. */
export interface FrameRecord {
	/** Milliseconds from each frame to the next one, from the longest down. */
	readonly frames: readonly number[];
	/** The most elements and texts that the timeline held. */
	readonly nodeCount: number;
}

/** Where a message stands, and how much there is to scroll through. */
export interface Standing {
	readonly top: number;
	readonly scrollHeight: number;
}

/** What the benches put into a page to watch its timeline scroll. */
export interface BenchFrames {
	start(): void;
	stop(): FrameRecord;
	/** The first message that stands below the upper edge; its key keeps naming it. */
	findAnchor(): string;
	/** Where a message stands now; `undefined` while it is not in the document. */
	stand(key: string): Standing | undefined;
	/** How much there is to scroll through. */
	height(): number;
	/** Pixels by which a message stood elsewhere than `top`, at most, over a number of frames. */
	watch(key: string, top: number, frameCount: number): Promise<number>;
}

declare global {
	interface Window {
		benchFrames: BenchFrames;
	}
}

/** Runs in the page before its own scripts. */
export function installBenchFrames(): void {
	const log = (): HTMLElement => {
		const found = document.querySelector<HTMLElement>("[role=log]");
		if (found === null) throw new Error("no timeline");
		return found;
	};
	const scroller = (): HTMLElement => {
		let box: HTMLElement | null = log();
		while (box !== null && !["auto", "scroll"].includes(getComputedStyle(box).overflowY)) box = box.parentElement;
		if (box === null) throw new Error("the timeline does not scroll");
		return box;
	};
	const countNodes = (root: Node): number => {
		const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
		let count = 1;
		while (walker.nextNode() !== null) count += 1;
		return count;
	};
	/** The text of a message: the date and the name above it come and go with the message before it. */
	const find = (key: string): Element | null => {
		const article = document.querySelector(`article[data-key="${CSS.escape(key)}"]`);
		return article?.querySelector(".text") ?? article;
	};
	/** When a frame has been painted: what scripts see before that, layout may still correct in the same frame. */
	const paintedFrame = (): Promise<void> =>
		new Promise((resolve) => {
			requestAnimationFrame(() => {
				const channel = new MessageChannel();
				channel.port1.onmessage = () => resolve();
				channel.port2.postMessage(undefined);
			});
		});
	let frames: number[] = [];
	let nodeCount = 0;
	let isRecording = false;
	const record = (lastMs: number): void => {
		requestAnimationFrame((nowMs) => {
			if (!isRecording) return;
			frames.push(nowMs - lastMs);
			// The count itself takes a while; what is there for long is seen in every tenth frame too.
			if (frames.length % 10 === 0) nodeCount = Math.max(nodeCount, countNodes(scroller()));
			record(nowMs);
		});
	};
	window.benchFrames = {
		start() {
			[frames, nodeCount, isRecording] = [[], 0, true];
			requestAnimationFrame(record);
		},
		stop() {
			isRecording = false;
			return { frames: frames.toSorted((one, other) => other - one), nodeCount };
		},
		findAnchor() {
			const edge = scroller().getBoundingClientRect().top;
			const messages = [...log().querySelectorAll<HTMLElement>("article[data-key]")];
			const below = messages.filter((one) => one.getBoundingClientRect().top > edge);
			below.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
			const key = below[0]?.dataset["key"];
			if (key === undefined) throw new Error("no message is in sight");
			return key;
		},
		stand(key) {
			const top = find(key)?.getBoundingClientRect().top;
			return top === undefined ? undefined : { top, scrollHeight: scroller().scrollHeight };
		},
		height: () => scroller().scrollHeight,
		async watch(key, top, frameCount) {
			let furthest = 0;
			for (let frame = 0; frame < frameCount; frame += 1) {
				await paintedFrame();
				const found = find(key);
				// A message that is gone was moved further than any screen is high.
				const moved = found === null ? Number.MAX_SAFE_INTEGER : found.getBoundingClientRect().top - top;
				furthest = Math.max(furthest, Math.abs(moved));
			}
			return furthest;
		},
	};
}
