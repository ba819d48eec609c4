import { observable } from "../store/observable.ts";
import { type Appearance, appearanceOf, attributeNames, attributesOf } from "./appearance.ts";

/** What is kept under it are the attributes: public/appearance.js sets them before the first paint. */
export const appearanceKey = "kith.appearance";

/** How the page looks now. */
export const appearance = observable<Appearance>(appearanceOf({}));

/** Takes up what this device keeps, and what other windows change later. */
export function followAppearance(): void {
	if (typeof window === "undefined") return;
	appearance.set(readKept);
	window.addEventListener("storage", (event) => {
		if (event.key !== appearanceKey && event.key !== null) return;
		appearance.set(readKept);
		show();
	});
}

/** Shows and keeps a change. */
export function changeAppearance(change: Partial<Appearance>): void {
	appearance.set((known) => ({ ...known, ...change }));
	show();
	try {
		localStorage.setItem(appearanceKey, JSON.stringify(attributesOf(appearance.get())));
	} catch {
		// A browser that keeps nothing shows it until the page is left.
	}
}

function show(): void {
	const attributes = attributesOf(appearance.get());
	const { dataset } = document.documentElement;
	for (const name of attributeNames) {
		const value = attributes[name];
		if (value === undefined) delete dataset[name];
		else dataset[name] = value;
	}
}

function readKept(): Appearance {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(appearanceKey) ?? "{}");
		return appearanceOf(typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {});
	} catch {
		return appearanceOf({});
	}
}
