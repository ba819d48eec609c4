/**
 * `npm run bench:client`: measures the built client in Chromium against the built server with the PostgreSQL and the
 * settings that ship, over real sockets. Accounts and sessions are put in place behind the API; everything else goes
 * through it.
 *
 *   scroll heap           the figures whose id holds one of the words; absent: all of them
 *   --json FILE           the figures as an array of { id, value, unit, target, holds }
 */
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright";
import { findChromium } from "../../tools/find-chromium.ts";
import { buildWhenStale } from "../e2e/support/build-when-stale.ts";
import { bundleBench } from "./client/benches/bundle.ts";
import { cachedListBench } from "./client/benches/cached-list.ts";
import { ephemeralBench } from "./client/benches/ephemeral.ts";
import { heapBench } from "./client/benches/heap.ts";
import { scrollBench } from "./client/benches/scroll.ts";
import { sendPaintedBench } from "./client/benches/send-painted.ts";
import { switchBench } from "./client/benches/switch.ts";
import { writingBench } from "./client/benches/writing.ts";
import type { ClientBench } from "./client/client-bench.ts";
import type { Figure } from "./figure.ts";
import { reportFigures } from "./report-figures.ts";
import { describeMachine } from "./table.ts";

const benches: readonly ClientBench[] = [
	bundleBench,
	cachedListBench,
	switchBench,
	writingBench,
	heapBench,
	scrollBench,
	sendPaintedBench,
	ephemeralBench,
];

const { values, positionals: words } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
const isChosen = (id: string): boolean => words.length === 0 || words.some((word) => id.includes(word));
const ids = benches.flatMap((bench) => bench.ids);
if (!ids.some(isChosen)) throw new Error(`no figure ${words.join(", ")}: there are ${ids.join(", ")}`);

// The servers and browsers under way end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const chromiumFound = findChromium();
if (chromiumFound.kind === "missing") throw new Error(chromiumFound.message);
const executablePath = chromiumFound.path;
const isRoot = process.getuid?.() === 0;
const browsers: Browser[] = [];
const launch = async (): Promise<Browser> => {
	const browser = await chromium.launch({ executablePath, args: isRoot ? ["--no-sandbox"] : [] });
	browsers.push(browser);
	return browser;
};

await buildWhenStale();
console.log(describeMachine());
const figures: Figure[] = [];
for (const { measure } of benches.filter((bench) => bench.ids.some(isChosen))) {
	figures.push(...(await measure({ launch, say: (line) => console.log(`  ${line}`) })));
	for (const browser of browsers.splice(0)) await browser.close();
}
await reportFigures(
	figures.filter(({ id }) => isChosen(id)),
	values.json,
);
