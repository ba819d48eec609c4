import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, expect, type Page, type ViewportSize } from "@playwright/test";
import { repositoryRoot } from "../../../tools/house/repository-root.ts";
import { fillServer } from "../../../tools/screenshots/fill-server.ts";
import { withFreshDevice } from "../../../tools/screenshots/fresh-device.ts";
import { openContext, openScreen, showScreen } from "../../../tools/screenshots/open-screen.ts";
import type { Screen } from "../../../tools/screenshots/screen.ts";
import { everyScreen } from "../../../tools/screenshots/screens.ts";
import { findAxeFaults } from "../support/axe-faults.ts";
import { test } from "../support/kith-test.ts";
import { findCutContent, findSidewaysScroll } from "../support/reflow-faults.ts";
import type { TestServer } from "../support/test-server.ts";

const desk = { width: 1280, height: 800 };

/** 1280 px at a zoom of 200 %, and 320 px, which is what they are at 400 %. */
const narrow = [
	{ width: 640, height: 400 },
	{ width: 320, height: 640 },
];

test("every screen keeps the rules of WCAG A and AA in both modes", async ({ browser, startServer }) => {
	test.setTimeout(1_800_000);
	const { server, screens } = await fill(startServer);
	const sweep = { browser, server, screens, size: desk };
	const faults = await onEach(sweep, (page, { name }) => findAxeFaults(page, name));
	expect(faults).toEqual([]);
});

test("on every screen nothing scrolls sideways or is cut at 320 px and at 200 % zoom", async ({
	browser,
	startServer,
}) => {
	test.setTimeout(1_800_000);
	const { server, screens } = await fill(startServer);
	const faults: string[] = [];
	for (const size of narrow) {
		const look = async (page: Page, { name }: Screen): Promise<readonly string[]> =>
			[...(await findSidewaysScroll(page)), ...(await findCutContent(page))].map((fault) => `${name}: ${fault}`);
		faults.push(...(await onEach({ browser, server, screens, size }, look)));
	}
	expect(faults).toEqual([]);
});

test("every page is on the list of screens", async ({ startServer }) => {
	const { screens } = await fill(startServer);
	const pages = readdirSync(join(repositoryRoot, "src/pages"), { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".tsx") && !/^(_app|_document|404|index)\.tsx$/.test(file))
		.map((file) => `/${file.replace(/\.tsx$/, "").replace(/\/?\[.*$/, "")}`);
	expect(pages.length).toBeGreaterThan(5);
	expect(pages.filter((page) => !screens.some(({ path }) => path.split("#")[0]?.startsWith(page)))).toEqual([]);
});

interface Sweep {
	readonly browser: Browser;
	readonly server: TestServer;
	readonly screens: readonly Screen[];
	readonly size: ViewportSize;
}

type StartServer = (env: Readonly<Record<string, string>>) => Promise<TestServer>;

async function fill(startServer: StartServer): Promise<{ server: TestServer; screens: readonly Screen[] }> {
	const server = await startServer({ KITH_SERVER_NAME: "haverkamp.example" });
	const filled = await fillServer({ origin: server.address, dataFolder: server.dataFolder });
	return { server, screens: everyScreen(filled).filter(({ isVariant }) => isVariant !== true) };
}

/** Two screens at a time: one loads while the other is looked through. */
async function onEach(
	{ browser, server, screens, size }: Sweep,
	look: (page: Page, screen: Screen) => Promise<readonly string[]>,
): Promise<readonly string[]> {
	const faults: string[] = [];
	const waiting = [...screens];
	const open = openByDevice(browser, { origin: server.address, viewport: size }, server.dataFolder);
	const takeTurns = async (): Promise<void> => {
		for (let screen = waiting.shift(); screen !== undefined; screen = waiting.shift()) {
			const { page, close } = await open(screen);
			faults.push(...(await look(page, screen)));
			await close();
		}
	};
	await Promise.all([takeTurns(), takeTurns()]);
	return faults;
}

/**
 * Screens of one device share a browser context, and the engine of the device with it; those for which something of the
 * browser or its line is other than usual have their own.
 */
function openByDevice(browser: Browser, look: Parameters<typeof openContext>[1], dataFolder: string) {
	const contexts = new Map<string, Promise<BrowserContext>>();
	return async (screen: Screen): Promise<{ readonly page: Page; readonly close: () => Promise<void> }> => {
		if (screen.arrange !== undefined) {
			const page = await openScreen(browser, look, screen);
			return { page, close: () => page.context().close() };
		}
		const device = screen.person?.cookie ?? "";
		const open = async () => openContext(browser, look, await withFreshDevice(dataFolder, screen));
		const context = contexts.get(device) ?? open();
		contexts.set(device, context);
		const page = await showScreen(await context, screen);
		return {
			page,
			close: async () => {
				// The last one stays, so that the engine does.
				if (page.context().pages().length > 1) await page.close();
			},
		};
	};
}
