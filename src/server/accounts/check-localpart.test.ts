import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../shared/app-error.ts";
import { localpartOfSignInName, userIdOfLocalpart } from "./check-localpart.ts";

const codeOf = (work: () => unknown): string | undefined => {
	try {
		work();
		return undefined;
	} catch (error) {
		return error instanceof AppError ? error.code : "not an AppError";
	}
};

describe("names of new accounts", () => {
	it.each(["ann", "a", "7", "ann.lee", "ann_lee-2=x/y+z", "0".repeat(64)])("takes %s", (localpart) => {
		expect(userIdOfLocalpart(localpart, "kith.test:8448")).toBe(`@${localpart}:kith.test:8448`);
	});

	it.each([
		["empty", ""],
		["a capital letter", "Ann"],
		["a colon", "ann:evil"],
		["a space", "ann lee"],
		["a leading underscore", "_bridge"],
		["a leading dot", ".."],
		["a Cyrillic a", "аnn"],
		["a character beyond the first plane", "ann😀"],
		["a NUL", "ann\u0000"],
		["a quote", "ann'--"],
		["a line feed at the end", "ann\n"],
		["too many letters", "a".repeat(65)],
		["a reserved word", "admin"],
	])("refuses %s", (_, localpart) => {
		expect(codeOf(() => userIdOfLocalpart(localpart, "kith.test"))).toBe("username-invalid");
	});

	it("refuses a name whose id would pass 255 bytes", () => {
		const serverName = `${"s".repeat(63)}.${"s".repeat(63)}.${"s".repeat(63)}.test`;
		expect(codeOf(() => userIdOfLocalpart("a".repeat(64), serverName))).toBe("username-invalid");
	});

	it("never breaks and never lets anything but the grammar through", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 80 }), (localpart) => {
				const code = codeOf(() => userIdOfLocalpart(localpart, "kith.test"));
				return code === "username-invalid" || (code === undefined && /^[a-z0-9][a-z0-9._=/+-]{0,63}$/.test(localpart));
			}),
		);
	});
});

describe("names that people type to sign in", () => {
	it.each([
		["ann", "ann"],
		[" Ann ", "ann"],
		["@ann", "ann"],
		["@ann:Kith.Test:3000", "ann"],
		["@ann:other.test", "ann:other.test"],
	])("reads %j as %j", (typed, localpart) => {
		expect(localpartOfSignInName(typed, "kith.test:3000")).toBe(localpart);
	});
});
