import { existsSync, readFileSync } from "node:fs";

/** How much compressed script a page may load before it is usable. */
const budgets = [
	{ page: "/sign-in", limit: "140 kB" },
	{ page: "/chat", limit: "230 kB" },
	{ page: "/chat/[roomId]", limit: "230 kB" },
];

const manifestPath = ".next/build-manifest.json";
if (!existsSync(manifestPath)) throw new Error(`${manifestPath} is missing: npm run build makes it`);
const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));

/** What the page's HTML names: the application's chunks, the page's, and the small files that every page has. */
function firstLoad(page) {
	const own = manifest.pages[page];
	if (own === undefined) throw new Error(`${page} is not in ${manifestPath}`);
	const files = [...manifest.pages["/_app"], ...own, ...manifest.lowPriorityFiles];
	return [...new Set(files)].filter((file) => file.endsWith(".js"));
}

/** Paths are globs, in which a bracket of a page's name would mean a choice. */
function literal(file) {
	return `.next/${file}`.replace(/[[\]{}()*?!]/g, "\\$&");
}

export default budgets.map(({ page, limit }) => ({
	name: page,
	path: firstLoad(page).map(literal),
	limit,
	gzip: true,
}));
