import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonListStream, type ListEntry } from "./json-list-stream.ts";
import { parseJson } from "./parse-json.ts";

const limits = { maxBytes: 1_000_000, maxEntries: 1_000, maxEntryBytes: 10_000 };
const lists = ["state", "auth_chain"];

const read = (text: string | Uint8Array, pieceBytes = 7, changed: Partial<typeof limits> = {}) => {
	const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
	const stream = new JsonListStream(lists, { ...limits, ...changed });
	const entries: ListEntry[] = [];
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		const reading = stream.push(bytes.subarray(at, at + pieceBytes));
		if (reading.kind === "refused") return reading.reason;
		entries.push(...reading.entries);
	}
	const end = stream.end();
	return end.kind === "refused" ? end.reason : { rest: end.value, entries };
};

/** What the strict parser makes of the whole, in the same form. */
const expected = (text: string) => {
	const parsed = parseJson(text);
	if (parsed.kind === "refused") return parsed.reason;
	const object = parsed.value as Record<string, unknown>;
	const entries = Object.keys(object).flatMap((list) => {
		const value = object[list];
		return lists.includes(list) && Array.isArray(value) ? value.map((each) => ({ list, value: each })) : [];
	});
	const rest = Object.fromEntries(
		Object.entries(object).map(([key, value]) => [key, lists.includes(key) && Array.isArray(value) ? [] : value]),
	);
	return { rest, entries };
};

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value));

describe("JsonListStream", () => {
	it("JSON-11 reads the same as the whole text would be, wherever its pieces end", () => {
		const member = fc.tuple(fc.constantFrom("state", "auth_chain", "event", "origin", "\\u0073tate"), json);
		const text = fc
			.tuple(fc.array(member, { maxLength: 4 }), fc.constantFrom("", " ", "\n\t"))
			.map(
				([members, gap]) =>
					`${gap}{${members.map(([key, value]) => `${gap}"${key}"${gap}:${gap}${value}`).join(",")}}${gap}`,
			);
		fc.assert(
			fc.property(text, fc.integer({ min: 1, max: 40 }), (whole, pieceBytes) => {
				expect(read(whole, pieceBytes)).toEqual(expected(whole));
			}),
		);
	});

	it.each([
		["a list that is cut off", '{"state":[{"a":1},', "syntax"],
		["a text that goes on after its end", '{"state":[]} {', "syntax"],
		["no object", "[1]", "syntax"],
		["nothing", "", "syntax"],
		["a list twice", '{"state":[1],"auth_chain":[],"state":[2]}', "duplicate-key"],
		["a list twice, spelled otherwise", '{"state":[1],"\\u0073tate":[2]}', "duplicate-key"],
		["a key twice within an entry", '{"state":[{"a":1,"a":2}]}', "duplicate-key"],
		["an entry that is not there", '{"state":[1,,2]}', "syntax"],
		["a comma too many", '{"state":[1,]}', "syntax"],
		["a comma too many in the object", '{"state":[1],}', "syntax"],
		["brackets that close what they did not open", '{"state":[{"a":[1}]}]}', "syntax"],
		["something before a list", '{"state":1[2]}', "syntax"],
		["something behind a list", '{"state":[2]3}', "syntax"],
		["a fraction", '{"state":[1.5]}', "number-not-canonical"],
		["half of a pair", '{"state":["\\ud800"]}', "lone-surrogate"],
		["a key that is no string", "{1:[2]}", "syntax"],
	])("JSON-11 refuses %s", (_name, text, reason) => {
		for (const pieceBytes of [1, 3, 1000]) expect(read(text, pieceBytes)).toBe(reason);
	});

	it("JSON-11 refuses bytes that are no UTF-8, and goes on refusing", () => {
		const bytes = Uint8Array.from([...new TextEncoder().encode('{"state":["'), 0xc0, 0xaf, 0x22, 0x5d, 0x7d]);
		expect(read(bytes)).toBe("malformed-utf8");
		const stream = new JsonListStream(lists, limits);
		expect(stream.push(new TextEncoder().encode("x"))).toMatchObject({ reason: "syntax" });
		expect(stream.push(new TextEncoder().encode("{}"))).toMatchObject({ reason: "syntax" });
		expect(stream.end()).toMatchObject({ reason: "syntax" });
	});

	it("JSON-11 bounds the text, its entries, each of them, what is in no list, and the depth", () => {
		const many = `{"state":[${"1,".repeat(1_000)}1]}`;
		expect(read(many)).toBe("too-many-entries");
		expect(read(many, 100, { maxBytes: 100 })).toBe("too-long");
		expect(read(`{"state":["${"x".repeat(20_000)}`)).toBe("too-long");
		expect(read(`{"other":"${"x".repeat(20_000)}`)).toBe("too-long");
		expect(read(`{${Array.from({ length: 30 }, (_, at) => `"k${at}":"${"x".repeat(900)}"`).join(",")}}`)).toBe(
			"too-long",
		);
		expect(read(`{${Array.from({ length: 101 }, (_, at) => `"k${at}":1`).join(",")}}`)).toBe("too-many-keys");
		const deep = (depth: number) => `{"state":[${"[".repeat(depth)}${"]".repeat(depth)}]}`;
		expect(read(deep(510))).toMatchObject({ entries: [{ list: "state" }] });
		expect(read(deep(511))).toBe("too-deep");
		expect(read(`{"state":[${"[".repeat(5_000)}`)).toBe("too-deep");
	});
});
