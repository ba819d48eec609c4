/**
 * `npm run screenshots`: takes the pictures of the documentation. `-- FOLDER` takes every screen in every state instead,
 * into that folder, to be looked at; words after it choose screens.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium } from "playwright";
import { buildWhenStale } from "../tests/e2e/support/build-when-stale.ts";
import { portOf, startServerProcess } from "../tests/server-process/start-server-process.ts";
import { findChromium } from "./find-chromium.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { fillServer } from "./screenshots/fill-server.ts";
import { withFreshDevice } from "./screenshots/fresh-device.ts";
import { openScreen } from "./screenshots/open-screen.ts";
import type { Screen } from "./screenshots/screen.ts";
import { everyScreen } from "./screenshots/screens.ts";

const phone = { width: 360, height: 780 };
const tablet = { width: 768, height: 1024 };
const desk = { width: 1280, height: 800 };
const modes = ["light", "dark"] as const;
/** The date that lies over messages while they scroll is gone by then. */
const restMs = 2000;

const [chosenFolder, ...words] = process.argv.slice(2);
const folder = chosenFolder ?? join(repositoryRoot, "docs/screenshots");
const sizes = chosenFolder === undefined ? [phone, desk] : [phone, tablet, desk];

function isChosen({ name, isInDocs }: Screen): boolean {
	if (chosenFolder === undefined) return isInDocs === true;
	return words.length === 0 || words.some((word) => name.includes(word));
}

interface FilledAt {
	readonly origin: string;
	readonly dataFolder: string;
}

/** Each screen is opened afresh for each size: what one writes must not be seen on the next. One that fails stops no other. */
async function takeAll(browser: Browser, { origin, dataFolder }: FilledAt, screens: readonly Screen[]): Promise<void> {
	const failures: unknown[] = [];
	for (const screen of screens) {
		for (const viewport of sizes) {
			const context = { origin, viewport };
			const fresh = await withFreshDevice(dataFolder, screen);
			await take(browser, context, fresh).catch((error) => {
				console.error(`${screen.name} at ${viewport.width}: ${error}`);
				failures.push(error);
			});
		}
	}
	if (failures.length > 0) throw new AggregateError(failures, `${failures.length} screens were not reached`);
}

async function take(browser: Browser, context: Parameters<typeof openScreen>[1], screen: Screen): Promise<void> {
	const page = await openScreen(browser, context, screen);
	if ((await page.getByRole("log").count()) > 0) await delay(restMs);
	for (const colorScheme of modes) {
		await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
		const file = `${screen.name}-${context.viewport?.width}-${colorScheme}.png`;
		await page.screenshot({ path: join(folder, file), animations: "disabled" });
		console.log(file);
	}
	await page.context().close();
}

const chromiumFound = findChromium();
if (chromiumFound.kind === "missing") throw new Error(chromiumFound.message);
await buildWhenStale();
await mkdir(folder, { recursive: true });
const home = await mkdtemp(join(tmpdir(), "kith-screenshots-"));
try {
	await using server = await startServerProcess({
		dataFolder: join(home, "data"),
		env: { KITH_SERVER_NAME: "haverkamp.example", KITH_WRITES_PER_MINUTE: "0" },
	});
	const isRoot = process.getuid?.() === 0;
	await using browser = await chromium.launch({
		executablePath: chromiumFound.path,
		args: isRoot ? ["--no-sandbox"] : [],
	});
	// By name, as people open it: browsers keep no passkeys for a bare address.
	const origin = `http://localhost:${portOf(server)}`;
	const filled = await fillServer({ origin, dataFolder: server.dataFolder });
	await takeAll(browser, { origin, dataFolder: server.dataFolder }, everyScreen(filled).filter(isChosen));
} finally {
	await rm(home, { recursive: true, force: true });
}
