import type { Browser, BrowserContext, CDPSession, Page } from "playwright";
import type { Person } from "../../server-process/add-people.ts";
import { type Expected, installBenchClock, type Paint } from "./bench-clock.ts";
import { installBenchFrames } from "./bench-frames.ts";

/** A page in which somebody is signed in, with the clock of the benches in it. */
export interface BenchPage extends AsyncDisposable {
	readonly page: Page;
	readonly context: BrowserContext;
	readonly devtools: CDPSession;
	/** Does something and says when its effect had been painted. */
	timePaint(expected: Expected, act: () => Promise<unknown>): Promise<Paint>;
}

export interface Opening {
	readonly origin: string;
	readonly person: Person;
	/** Where the page begins; absent: it stays blank. */
	readonly path?: string;
	/** What else runs in the page before its own scripts. */
	readonly scripts?: readonly (() => void)[];
}

const viewport = { width: 1280, height: 800 };

export async function openPage(browser: Browser, { origin, person, path, scripts = [] }: Opening): Promise<BenchPage> {
	const context = await browser.newContext({ baseURL: origin, viewport, locale: "en-GB" });
	await signInTo(context, { origin, person });
	await addScripts(context, scripts);
	return benchPage(context, path);
}

/** A page of a context with the clock of the benches in it, which ends with the context. */
export async function benchPage(context: BrowserContext, path?: string): Promise<BenchPage> {
	const page = await context.newPage();
	const devtools = await context.newCDPSession(page);
	if (path !== undefined) await page.goto(path);
	return {
		page,
		context,
		devtools,
		timePaint: async (expected, act) => {
			await page.evaluate((it) => window.benchClock.expect(it), expected);
			await act();
			return page.evaluate(() => window.benchClock.painted);
		},
		[Symbol.asyncDispose]: () => context.close(),
	};
}

/** Gives a context the cookie of a person. */
export async function signInTo(context: BrowserContext, { origin, person }: Opening): Promise<void> {
	const [name = "", value = ""] = person.cookie.split("=");
	await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: "Lax" }]);
}

/** Puts the clock and the frames of the benches, and whatever else, into every page of a context. */
export async function addScripts(context: BrowserContext, scripts: readonly (() => void)[] = []): Promise<void> {
	// What runs these files wraps each named function in a call that pages do not know.
	await context.addInitScript({ content: "globalThis.__name = (named) => named;" });
	for (const script of [installBenchClock, installBenchFrames, ...scripts]) await context.addInitScript(script);
}

/** Milliseconds from the person's event to the paint. */
export function delayOf({ causedMs, paintedMs }: Paint): number {
	if (causedMs === undefined) throw new Error("nothing caused it");
	return paintedMs - causedMs;
}
