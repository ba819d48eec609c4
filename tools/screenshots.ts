import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright";
import { buildWhenStale } from "../tests/e2e/support/build-when-stale.ts";
import type { Person } from "../tests/server-process/add-people.ts";
import { startServerProcess } from "../tests/server-process/start-server-process.ts";
import { findChromium } from "./find-chromium.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { type FilledServer, fillServer } from "./screenshots/fill-server.ts";

const folder = join(repositoryRoot, "docs/screenshots");
const sizes = [
	{ width: 360, height: 780 },
	{ width: 1280, height: 800 },
];
const modes = ["light", "dark"] as const;

interface Screen {
	readonly name: string;
	readonly path: string;
	/** Who is signed in; absent: nobody. */
	readonly person?: Person;
	/** Brings the page to what is to be seen. */
	readonly prepare?: (page: Page) => Promise<void>;
}

function screensOf({ viewer, newcomer, roomId }: FilledServer): readonly Screen[] {
	const room = `/chat/${encodeURIComponent(roomId)}`;
	return [
		{ name: "sign-in", path: "/sign-in", prepare: (page) => page.getByLabel("Username").fill("mira") },
		{ name: "sign-up", path: "/sign-up", prepare: fillSignUp },
		{ name: "empty", path: "/chat", person: newcomer },
		{ name: "chats", path: "/chat", person: viewer },
		{ name: "conversation", path: room, person: viewer, prepare: hoverMessage },
		{ name: "group-info", path: `${room}/info`, person: viewer, prepare: waitForPeople },
		{ name: "new-chat", path: "/new", person: viewer, prepare: (page) => search(page, "a") },
		{ name: "new-group", path: "/new-group", person: viewer, prepare: fillGroup },
	];
}

async function fillSignUp(page: Page): Promise<void> {
	await page.getByLabel("Your name").fill("Sol Ferreira");
	await page.getByLabel("Username").fill("sol.ferreira");
	await page.getByText("Still free").waitFor();
	await page.getByLabel("Password", { exact: true }).fill("twelve wild geese");
}

async function hoverMessage(page: Page): Promise<void> {
	await page.getByRole("article").filter({ hasText: "Hazelnut or lemon?" }).hover();
}

async function waitForPeople(page: Page): Promise<void> {
	await page.getByRole("complementary").getByText("Ruth Brandt").waitFor();
}

async function search(page: Page, text: string): Promise<void> {
	await page.getByRole("searchbox", { name: "Name or username" }).fill(text);
	await page.getByRole("list", { name: "People found" }).waitFor();
}

async function fillGroup(page: Page): Promise<void> {
	await page.getByRole("textbox", { name: "Group name" }).fill("Sunday walks");
	for (const name of ["Lotte", "Samir"]) {
		await search(page, name);
		await page.getByRole("list", { name: "People found" }).getByText(name).first().click();
	}
	await search(page, "an");
	await page.getByRole("list", { name: "People found" }).getByText("Anna Lindqvist").waitFor();
}

async function takeAll(browser: Browser, origin: string, screens: readonly Screen[]): Promise<void> {
	for (const viewport of sizes) {
		for (const colorScheme of modes) {
			const look = { viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB" } as const;
			for (const screen of screens) {
				await using context = await browser.newContext({ baseURL: origin, ...look });
				await signIn(context, origin, screen.person);
				await take(context, screen, `${screen.name}-${viewport.width}-${colorScheme}.png`);
			}
		}
	}
}

async function signIn(context: BrowserContext, origin: string, person: Person | undefined): Promise<void> {
	if (person === undefined) return;
	const [name = "", value = ""] = person.cookie.split("=");
	await context.addCookies([{ name, value, url: origin }]);
}

async function take(context: BrowserContext, { path, prepare }: Screen, file: string): Promise<void> {
	const page = await context.newPage();
	await page.goto(path);
	await page.locator("main, nav, aside").filter({ visible: true }).first().waitFor();
	await page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
	await prepare?.(page);
	await page.evaluate(() => document.fonts.ready);
	await page.screenshot({ path: join(folder, file), animations: "disabled" });
	console.log(file);
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
	await takeAll(browser, server.origin, screensOf(await fillServer(server)));
} finally {
	await rm(home, { recursive: true, force: true });
}
