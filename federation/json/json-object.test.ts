import { describe, expect, it } from "vitest";
import {
	getInteger,
	getObject,
	getString,
	getValue,
	isJsonObject,
	jsonObject,
	withKey,
	withOnlyKeys,
	withoutKeys,
} from "./json-object.ts";

describe("JSON objects", () => {
	const object = jsonObject([
		["__proto__", "kept"],
		["count", 3],
		["big", 2 ** 53],
		["inner", jsonObject()],
		["list", [1]],
	]);

	it("JSON-07 have no prototype, and every copy keeps it so", () => {
		for (const each of [
			object,
			withoutKeys(object, ["count"]),
			withOnlyKeys(object, ["__proto__"]),
			withKey(object, "n", 1),
		]) {
			expect(Object.getPrototypeOf(each)).toBe(null);
			expect(getString(each, "__proto__")).toBe("kept");
		}
	});

	it("JSON-07 are read by own keys only, also when they come with a prototype", () => {
		expect(getValue({}, "constructor")).toBeUndefined();
		expect(getValue({}, "__proto__")).toBeUndefined();
		expect(getString(object, "count")).toBeUndefined();
		expect([getInteger(object, "count"), getInteger(object, "big")]).toEqual([3, undefined]);
		expect([getObject(object, "inner"), getObject(object, "list")]).toEqual([jsonObject(), undefined]);
		expect([isJsonObject(null), isJsonObject([]), isJsonObject("x"), isJsonObject({})]).toEqual([
			false,
			false,
			false,
			true,
		]);
	});

	it("JSON-07 are copied, never changed", () => {
		const before = jsonObject([["a", 1]]);
		expect(withKey(before, "b", 2)).toEqual({ a: 1, b: 2 });
		expect(withKey(before, "a", 2)).toEqual({ a: 2 });
		expect(withoutKeys(before, ["a", "x"])).toEqual({});
		expect(withOnlyKeys(before, ["x"])).toEqual({});
		expect(before).toEqual({ a: 1 });
	});
});
