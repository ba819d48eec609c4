/**
 * `npm run bench:e2ee`: measures encryption in the built client in Chromium, and its engine in Node, against the built server
 * with the PostgreSQL and the settings that ship, over real sockets. Other people's devices are real engines in this process.
 *
 *   --only share,open     what measures the figures whose id holds one of the words; absent: everything
 *   --json FILE           the figures as an array of { id, value, unit, target, holds }
 */
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright";
import { findChromium } from "../../tools/find-chromium.ts";
import { buildWhenStale } from "../e2e/support/build-when-stale.ts";
import { backgroundBench } from "./e2ee/benches/background.ts";
import { coldStartBench } from "./e2ee/benches/cold-start.ts";
import { engineInNodeBench } from "./e2ee/benches/engine-in-node.ts";
import { openChatBench } from "./e2ee/benches/open-chat.ts";
import { sendBench } from "./e2ee/benches/send.ts";
import { shareBench } from "./e2ee/benches/share.ts";
import type { E2eeBench } from "./e2ee/e2ee-bench.ts";
import { atMost, type Figure } from "./figure.ts";
import { reportFigures } from "./report-figures.ts";
import { describeMachine } from "./table.ts";

/** What all of them measure beside their own. */
const mainThread = "mainthread.longest";
const mostMainThreadMs = 8;
const benches: readonly E2eeBench[] = [
	engineInNodeBench,
	sendBench,
	openChatBench,
	backgroundBench,
	shareBench,
	coldStartBench,
];

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
const words = values.only?.split(",") ?? [];
const isChosen = (id: string): boolean => words.length === 0 || words.some((word) => id.includes(word));
const ids = [...benches.flatMap((bench) => bench.ids), mainThread];
if (!ids.some(isChosen)) throw new Error(`no figure ${words.join(", ")}: there are ${ids.join(", ")}`);

// The servers and browsers under way end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const chromiumFound = findChromium();
if (chromiumFound.kind === "missing") throw new Error(chromiumFound.message);
const browserPath = chromiumFound.path;
const isRoot = process.getuid?.() === 0;
const browsers: Browser[] = [];
const launch = async (): Promise<Browser> => {
	const browser = await chromium.launch({ executablePath: browserPath, args: isRoot ? ["--no-sandbox"] : [] });
	browsers.push(browser);
	return browser;
};

await buildWhenStale();
console.log(describeMachine());
const figures: Figure[] = [];
let longestMs = 0;
const chosen = benches.filter((bench) => bench.ids.some(isChosen));
for (const { measure } of chosen.length > 0 ? chosen : benches) {
	figures.push(
		...(await measure({
			...{ launch, browserPath },
			say: (line) => console.log(`  ${line}`),
			noteMainThread: (takenMs) => {
				longestMs = Math.max(longestMs, ...takenMs);
			},
		})),
	);
	for (const browser of browsers.splice(0)) await browser.close();
}
if (longestMs > 0) figures.push(atMost(mostMainThreadMs, { id: mainThread, value: longestMs, unit: "ms" }));
await reportFigures(figures, values.json);
// Engines that were ended leave requests behind that nobody waits for.
process.exit(0);
