import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attributesOf, chatThemes, messageSizes } from "../client/appearance/appearance.ts";

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), "utf8");
const look = { mode: "dark", theme: "dusk", messageSize: undefined, isCompact: true, isStill: true } as const;
const names = {
	theme: "data-theme",
	chatTheme: "data-chat-theme",
	messageSize: "data-message-size",
	rows: "data-rows",
	motion: "data-motion",
} as const;

describe("what a person chooses of the look", () => {
	it("has a rule for each choice, in a sheet that is loaded", () => {
		const loaded = [...read("app.css").matchAll(/@import "\.\/([\w-]+\.css)"/g)]
			.map(([, name = ""]) => read(name))
			.join();
		const chosen = [
			...messageSizes.map((messageSize) => attributesOf({ ...look, messageSize })),
			...chatThemes.map((theme) => attributesOf({ ...look, theme })),
		].flatMap((attributes) => Object.entries(attributes));
		const missing = chosen
			.map(([name, value]) => `[${names[name as keyof typeof names]}="${value}"]`)
			.filter((selector) => !loaded.includes(`${selector} {`));
		expect(missing).toEqual([]);
	});
});
