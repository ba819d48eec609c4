import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findHeavyPages, measureBundle } from "./check-bundle.ts";
import { makeSandbox } from "./house/sandbox.ts";

/** Script that halves when it is compressed: random bytes in hexadecimal. */
function script(kilobytes: number): string {
	return randomBytes(kilobytes * 500).toString("hex");
}

function manifest(chat: string[]): string {
	const pages = { "/_app": ["static/app.js"], "/sign-in": ["static/[a].js"], "/chat": chat, "/chat/[roomId]": chat };
	return JSON.stringify({ pages, lowPriorityFiles: ["static/low.js"] });
}

describe("the budget of first-load script", () => {
	it("refuses a page that is over it, counting what all pages share once", async () => {
		const files = {
			"package.json": '{ "devDependencies": { "size-limit": "*", "@size-limit/file": "*" } }',
			".next/static/app.js": script(160),
			".next/static/[a].js": script(20),
			".next/static/low.js": "1;",
			".next/static/chat.js": script(320),
			".next/build-manifest.json": manifest(["static/app.js", "static/chat.js"]),
		};
		await using sandbox = await makeSandbox([".size-limit.mjs"], files);
		const pages = await measureBundle(sandbox.root);
		expect(findHeavyPages(pages).map(({ rule, file }) => `${rule} ${file}`)).toEqual([
			"first-load /chat",
			"first-load /chat/[roomId]",
		]);
		const [signIn, chat] = pages;
		expect(signIn?.size).toBeGreaterThan(90_000);
		expect(signIn?.size).toBeLessThan(110_000);
		expect(chat?.size).toBeLessThan(300_000);
	});

	it("fails where a page with a budget is missing from the build", async () => {
		const files = {
			"package.json": '{ "devDependencies": { "size-limit": "*", "@size-limit/file": "*" } }',
			".next/build-manifest.json": JSON.stringify({ pages: { "/_app": [] }, lowPriorityFiles: [] }),
		};
		await using sandbox = await makeSandbox([".size-limit.mjs"], files);
		await expect(measureBundle(sandbox.root)).rejects.toThrow("/sign-in is not in");
	});
});
