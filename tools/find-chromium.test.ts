import { describe, expect, it } from "vitest";
import { findChromium } from "./find-chromium.ts";

function search(env: Record<string, string>, ...executable: string[]) {
	return findChromium({ env, isExecutable: (path) => executable.includes(path), ownPath: "/own/chrome" });
}

describe("findChromium", () => {
	it("takes the named browser before any other", () => {
		const env = { KITH_CHROMIUM: "/a/b", PLAYWRIGHT_CHROMIUM_EXECUTABLE: "/c/d", PATH: "/bin" };
		expect(search(env, "/a/b", "/c/d", "/bin/chromium")).toEqual({ kind: "found", path: "/a/b" });
	});

	it("does not silently replace a named browser that is not there", () => {
		const found = search({ KITH_CHROMIUM: "/a/b", PATH: "/bin" }, "/bin/chromium");
		expect(found).toEqual({ kind: "missing", message: "KITH_CHROMIUM: /a/b can't be run" });
	});

	it("prefers chromium to other names on the path, and Playwright's own comes last", () => {
		const env = { PATH: "/bin:/usr/bin" };
		expect(search(env, "/bin/google-chrome", "/usr/bin/chromium", "/own/chrome")).toMatchObject({
			path: "/usr/bin/chromium",
		});
		expect(search(env, "/own/chrome")).toMatchObject({ path: "/own/chrome" });
	});

	it("says what to do where there is none", () => {
		expect(search({ PATH: "/bin" })).toMatchObject({
			kind: "missing",
			message: expect.stringContaining("KITH_CHROMIUM"),
		});
	});
});
