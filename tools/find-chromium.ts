import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { isMain } from "./house/is-main.ts";

const variables = ["KITH_CHROMIUM", "PLAYWRIGHT_CHROMIUM_EXECUTABLE"];
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

export type FoundChromium =
	| { readonly kind: "found"; readonly path: string }
	| { readonly kind: "missing"; readonly message: string };

export interface ChromiumSearch {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly isExecutable: (path: string) => boolean;
	/** Where Playwright would keep a browser of its own. */
	readonly ownPath: string;
}

/** A variable that names a browser decides; otherwise the machine's own Chromium, then Playwright's. */
export function findChromium(search: ChromiumSearch = thisMachine()): FoundChromium {
	for (const variable of variables) {
		const path = search.env[variable];
		if (path === undefined || path === "") continue;
		if (search.isExecutable(path)) return { kind: "found", path };
		return { kind: "missing", message: `${variable}: ${path} can't be run` };
	}
	const folders = (search.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	const path = [...candidates, search.ownPath].find(search.isExecutable);
	if (path !== undefined) return { kind: "found", path };
	const message = `No Chromium found. Install one (Debian: apt-get install chromium) or name it in ${variables[0]}.`;
	return { kind: "missing", message };
}

function thisMachine(): ChromiumSearch {
	return { env: process.env, isExecutable, ownPath: chromium.executablePath() };
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

if (isMain(import.meta.url)) {
	const found = findChromium();
	console.log(found.kind === "found" ? found.path : found.message);
	process.exitCode = found.kind === "found" ? 0 : 1;
}
