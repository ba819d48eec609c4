import { existsSync, readFileSync } from "node:fs";

/** How much compressed script a page, and each page below it, may load before it is usable. */
const budgets = [
	{ page: "/sign-in", limit: "140 kB" },
	{ page: "/chat", limit: "205 kB" },
];

const manifestPath = ".next/build-manifest.json";
if (!existsSync(manifestPath)) throw new Error(`${manifestPath} is missing: npm run build makes it`);
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));

function pagesUnder(page) {
	const pages = Object.keys(manifest.pages).filter((name) => name === page || name.startsWith(`${page}/`));
	if (pages.length === 0) throw new Error(`${page} is not in ${manifestPath}`);
	return pages;
}

/** What the page's HTML names: the application's chunks, the page's, and the small files that every page has. */
function firstLoad(page) {
	const files = [...manifest.pages["/_app"], ...manifest.pages[page], ...manifest.lowPriorityFiles];
	return [...new Set(files)].filter((file) => file.endsWith(".js"));
}

/** Paths are globs, in which a bracket of a page's name would mean a choice. */
function literal(file) {
	return `.next/${file}`.replace(/[[\]{}()*?!]/g, "\\$&");
}

function budgetOf(name, limit) {
	return { name, path: firstLoad(name).map(literal), limit, gzip: true };
}

/** What a start parses beside the page, or with the first picture. */
const workers = [
	{ name: "crypto worker", path: "public/crypto-engine/worker.js", limit: "85 kB", gzip: true },
	{ name: "search worker", path: "public/search-engine/worker.js", limit: "3 kB", gzip: true },
	{ name: "own Ollama worker", path: "public/ollama-engine/worker.js", limit: "40 kB", gzip: true },
	{ name: "media worker", path: "public/media-engine/worker.js", limit: "35 kB", gzip: true },
];

export default [
	...budgets.flatMap(({ page, limit }) => pagesUnder(page).map((name) => budgetOf(name, limit))),
	...workers,
];
