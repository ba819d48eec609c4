import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { words } from "./words.ts";

const pagesFolder = "src/pages";
const areaOfKey = new Map<string, string>();
for (const file of readdirSync("src/shared/text/en")) {
	const area = join("src/shared/text/en", file);
	for (const key of stringsIn(readFileSync(area, "utf8"))) if (key in en) areaOfKey.set(key, area);
}

describe("the words of each page", () => {
	it("are in the catalogue by area", () => {
		expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
		expect([...areaOfKey.keys()].sort()).toEqual(Object.keys(en).sort());
	});

	const pages = readdirSync(pagesFolder, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".tsx") && file !== "_app.tsx" && file !== "_document.tsx")
		.map((file) => join(pagesFolder, file));
	const ofApp = [...reachedFrom(join(pagesFolder, "_app.tsx")).files];

	it.each([join(pagesFolder, "_app.tsx"), ...pages])("are loaded with it: %s", (page) => {
		expect(missingWords(page, new Set(ofApp))).toEqual([]);
	});
});

/** The keys that a page, or a part of it that is fetched later, uses before their area is there. */
function missingWords(entry: string, before: ReadonlySet<string>): string[] {
	const { files, later } = reachedFrom(entry);
	const loaded = new Set([...before, ...files]);
	const missing = [...files]
		.filter((file) => !file.startsWith("src/shared/text/en"))
		.flatMap((file) => keysIn(file).map((key) => ({ file, key })))
		.filter(({ key }) => !loaded.has(areaOfKey.get(key) ?? ""))
		.map(({ file, key }) => `${key} in ${file}`);
	return [...missing, ...[...later].flatMap((part) => missingWords(part, loaded))];
}

/** What is loaded together with a file, and what those files fetch later. */
function reachedFrom(entry: string) {
	const files = new Set<string>();
	const later = new Set<string>();
	const visit = (file: string): void => {
		if (files.has(file)) return;
		files.add(file);
		const source = readFileSync(file, "utf8");
		for (const [, path] of source.matchAll(/^(?:import|export)(?! type)[^;]*?"(\.[^"]+\.tsx?)";/gm)) {
			visit(resolved(file, path));
		}
		for (const [, path] of source.matchAll(/\bimport\("(\.[^"]+)"\)/g)) later.add(resolved(file, path));
	};
	visit(entry);
	return { files, later };
}

function resolved(file: string, path: string | undefined): string {
	return relative(".", join(dirname(file), path ?? ""));
}

/** Keys that are written out, and all of an area where a template ends the key. */
function keysIn(file: string): string[] {
	const source = readFileSync(file, "utf8");
	const begun = [...source.matchAll(/text\(`([A-Za-z]+\.)\$\{/g)].map(([, prefix]) => prefix ?? "");
	const written = stringsIn(source).filter((key) => key in en);
	return [...written, ...Object.keys(en).filter((key) => begun.some((prefix) => key.startsWith(prefix)))];
}

function stringsIn(source: string): string[] {
	return [...source.matchAll(/"([A-Za-z]+\.[\w-]+)"/g)].map(([, key]) => key ?? "");
}
