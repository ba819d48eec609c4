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
	if (appearance.get().mode !== "system") paintBrowserBar(appearance.get().mode);
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
	paintBrowserBar(appearance.get().mode);
}

/** The browser's own bar follows the device by the media of its two tags; a mode that is chosen speaks for both. */
function paintBrowserBar(mode: Appearance["mode"]): void {
	for (const tag of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
		const own = tag.media.includes("dark") ? "dark" : "light";
		tag.content = barColours[mode === "system" ? own : mode];
	}
}

/** As in src/pages/_document.tsx. */
const barColours = { light: "#FFFFFF", dark: "#141B1F" } as const;

function readKept(): Appearance {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(appearanceKey) ?? "{}");
		return appearanceOf(typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {});
	} catch {
		return appearanceOf({});
	}
}
