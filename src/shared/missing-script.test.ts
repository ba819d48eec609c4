import { describe, expect, it } from "vitest";
import { isScriptGone } from "./missing-script.ts";

const address = "/_next/static/chunks/0v8~a_b-c.js";
const error = new Error(`Failed to load chunk ${address} from module 4711`);
const script = "application/javascript; charset=UTF-8";

describe("a script that could not be fetched", () => {
	it.each([
		[404, "text/plain"],
		[410, "text/plain"],
		[404, script],
		// A proxy that answers everything it does not know with the first page.
		[200, "text/html; charset=utf-8"],
		[200, ""],
	])("is gone where the server answers %i with %s", async (status, contentType) => {
		const asked: string[] = [];
		const isGone = await isScriptGone(error, async (one) => {
			asked.push(one);
			return { status, contentType };
		});
		expect([isGone, asked]).toEqual([true, [address]]);
	});

	it.each([
		[200, script],
		[429, "text/plain"],
		[500, "text/html"],
		[502, "text/html"],
		[503, "text/html"],
	])("may come yet where the server answers %i with %s", async (status, contentType) => {
		expect(await isScriptGone(error, async () => ({ status, contentType }))).toBe(false);
	});

	it("may come yet where nobody answers", async () => {
		const ask = () => Promise.reject(new TypeError("Failed to fetch"));
		expect(await isScriptGone(error, ask)).toBe(false);
	});

	it("is asked about in its own place only, and not at all where the error names none", async () => {
		const asked: string[] = [];
		const ask = async (one: string) => {
			asked.push(one);
			return { status: 404, contentType: "" };
		};
		expect(await isScriptGone(new Error("it broke while it ran"), ask)).toBe(false);
		expect(await isScriptGone("no error", ask)).toBe(false);
		expect(await isScriptGone(new Error("Failed to load chunk https://evil.example/a.js"), ask)).toBe(false);
		expect(await isScriptGone(new Error("Failed to load chunk https://evil.example/_next/static/a.js"), ask)).toBe(
			true,
		);
		expect(asked).toEqual(["/_next/static/a.js"]);
	});
});
