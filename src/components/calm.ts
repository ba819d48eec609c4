/**
 * When the start of a page is over. What is fetched and done ahead, so that it is there when it is wanted, waits for that:
 * on a slow machine it takes the time of what the person came for.
 */
const longestStartMs = 10_000;
const restMs = 500;

const isBrowser = typeof window !== "undefined";

let callIt: () => void = () => undefined;
const called = new Promise<void>((resolve) => {
	callIt = resolve;
});
let line: Promise<void> = called;

if (isBrowser) {
	const callLate = () => setTimeout(callIt, longestStartMs);
	if (document.readyState === "complete") callLate();
	else addEventListener("load", callLate, { once: true });
}

/** What the person came for is on the screen. Pages that never say so are calm some time after they were loaded. */
export function callCalm(): void {
	callIt();
}

/** Settled once the page is calm and the browser has nothing else to do; whoever waits is let go one after the other. */
export function whenCalm(): Promise<void> {
	line = line.then(untilIdle);
	return line;
}

function untilIdle(): Promise<void> {
	return new Promise((resolve) => {
		if (isBrowser && "requestIdleCallback" in window) requestIdleCallback(() => resolve());
		else setTimeout(resolve, restMs);
	});
}
