import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chatThemes } from "../client/appearance/appearance.ts";

type Mode = "light" | "dark";
type Colours = ReadonlyMap<string, Readonly<Record<Mode, string>>>;

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");

/** The solid colours that a rule declares. */
const coloursOf = (rule: string): Colours => {
	const found = rule.matchAll(/--([\w-]+):\s*light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)/g);
	return new Map([...found].map(([, name = "", light = "", dark = ""]) => [name, { light, dark }]));
};

const shipped = coloursOf(read("tokens-color.css"));
const rules = new Map(
	[...read("chat-themes.css").matchAll(/\[data-chat-theme="(\w+)"\] \{([^}]+)\}/g)].map(([, name = "", rule = ""]) => [
		name,
		rule,
	]),
);
const theme = (name: string): Colours => new Map([...shipped, ...coloursOf(rules.get(name) ?? "")]);

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
const luminance = (colour: string): number => {
	const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
		const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
};

/** What is read, on what it stands: 4.5 to 1. */
const texts = [
	["text", "selected"],
	["text", "bubble-out"],
	["text", "accent-soft"],
	["text-2", "wallpaper"],
	["text-2-selected", "selected"],
	["text-2-selected", "accent-soft"],
	["accent", "surface"],
	["accent", "app"],
	["accent", "selected"],
	["accent", "accent-soft"],
	["on-accent", "accent"],
	["on-accent", "accent-hover"],
	["meta-out", "bubble-out"],
	["link", "bubble-out"],
	["accent-on-out", "bubble-out"],
	["danger", "wallpaper"],
] as const;

/** What is seen: 3 to 1. */
const signs = [
	["focus", "surface"],
	["focus", "wallpaper"],
	["focus", "selected"],
	["read-tick", "bubble-out"],
	["read-tick", "surface"],
] as const;

describe("a chat theme", () => {
	it("has a rule for each name but the one that is shipped, and the same colours in each", () => {
		expect(["tide", ...rules.keys()]).toEqual([...chatThemes]);
		const names = [...rules.values()].map((rule) => [...rule.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
		for (const one of names) expect(one).toEqual(names[0]);
	});

	it.each(chatThemes)("%s can be read in both modes", (name) => {
		const colours = theme(name);
		const faint = (["light", "dark"] as const).flatMap((mode) =>
			[...texts.map((pair) => [...pair, 4.5] as const), ...signs.map((pair) => [...pair, 3] as const)]
				.map(([front, ground, least]) => {
					const ratio = contrast(colours.get(front)?.[mode] ?? "", colours.get(ground)?.[mode] ?? "");
					return { pair: `${mode}: ${front} on ${ground} ${ratio.toFixed(2)}`, isFaint: !(ratio >= least) };
				})
				.filter(({ isFaint }) => isFaint)
				.map(({ pair }) => pair),
		);
		expect(faint).toEqual([]);
	});

	it("knows a faint pair when it sees one", () => {
		expect(contrast("#ffffff", "#000000")).toBeCloseTo(21);
		expect(contrast("#777777", "#ffffff")).toBeLessThan(4.5);
	});
});
