import { setTimeout as delay } from "node:timers/promises";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright";
import type { Person } from "../../tests/server-process/add-people.ts";
import type { Screen } from "./screen.ts";

type Look = BrowserContextOptions & { readonly origin: string };

/** Opens a screen in a browser context of its own, brought to the state that is to be seen. */
export async function openScreen(browser: Browser, look: Look, screen: Screen): Promise<Page> {
	const context = await openContext(browser, look, screen);
	await screen.arrange?.(context);
	return showScreen(context, screen);
}

/** A browser context in which the person of a screen is signed in. */
export async function openContext(
	browser: Browser,
	{ origin, ...look }: Look,
	{ person }: Pick<Screen, "person">,
): Promise<BrowserContext> {
	const context = await browser.newContext({ baseURL: origin, reducedMotion: "reduce", locale: "en-GB", ...look });
	if (person !== undefined) await signIn(context, origin, person);
	return context;
}

/** Brings a new page of a context to the state that is to be seen. */
export async function showScreen(context: BrowserContext, screen: Screen): Promise<Page> {
	const page = await context.newPage();
	await page.goto(screen.path);
	await page.locator("main, nav, aside").filter({ visible: true }).first().waitFor();
	const loading = page.getByRole("status", { name: "Loading" }).first();
	await loading.waitFor({ state: screen.isLoading === true ? "attached" : "detached" });
	await screen.prepare?.(page);
	await page.evaluate(() => document.fonts.ready);
	await Promise.race([page.evaluate(decodePictures), delay(picturesMs)]);
	return page;
}

/** Pictures whose answer never comes are not waited for. */
const picturesMs = 3000;

function decodePictures(): Promise<unknown> {
	const seen = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
	return Promise.allSettled(seen.map((image) => image.decode()));
}

async function signIn(context: BrowserContext, origin: string, person: Person): Promise<void> {
	const [name = "", value = ""] = person.cookie.split("=");
	await context.addCookies([{ name, value, url: origin }]);
}
