import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { citedLine, citedLinesSchema } from "./cited-lines.ts";
import { createTextCleaner } from "./clean-text.ts";
import { createObjectReader } from "./read-lines.ts";

const anyText = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
	.map((units) => String.fromCharCode(...units));
const cleaner = createTextCleaner([]);

describe("a cited line", () => {
	it("keeps citations of sources that there are, once each, and no others", () => {
		const written = { text: "Ann brings cake [3]", cites: [3, 3, "2", 0, 4, -1, 1.5, null, "x", 1e9], label: "action" };
		expect(citedLine(written, { count: 3, cleaner })).toEqual({
			...{ text: "Ann brings cake", cites: [3, 2], label: "action" },
		});
	});

	it("is nothing without text, and plain where its label is unknown", () => {
		for (const none of [{ text: "  ", cites: [1] }, { cites: [1] }, "text", null, [], { text: 4 }]) {
			expect(citedLine(none, { count: 3, cleaner })).toBeUndefined();
		}
		expect(citedLine({ text: "x", label: "delete" }, { count: 3, cleaner })).toMatchObject({
			label: "plain",
			cites: [],
		});
	});

	it("is plain text of one line, and of bounded length", () => {
		const line = citedLine({ text: `a\n\u202eb https://evil.example/x ${"y".repeat(5000)}` }, { count: 1, cleaner });
		expect(line?.text.startsWith("a b … yy")).toBe(true);
		expect(line?.text.length).toBeLessThan(1001);
	});

	it("cites sources that there are, whatever was written", () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 50 }), (cites, count) => {
				const line = citedLine({ text: "x", cites }, { count, cleaner });
				for (const cite of line?.cites ?? []) {
					expect(Number.isInteger(cite) && cite >= 1 && cite <= count).toBe(true);
				}
			}),
		);
	});

	it("is asked for by a form that offers the numbers of the sources alone", () => {
		const schema = JSON.stringify(citedLinesSchema(3, { mostLines: 5 }));
		expect(schema).toContain('"enum":[1,2,3]');
		expect(schema).not.toContain("label");
	});
});

describe("the reader of objects", () => {
	const read = (pieces: readonly string[]): unknown[] => {
		const reader = createObjectReader();
		return pieces.flatMap((piece) => reader.push(piece));
	};

	it("gives each out with its last bracket, wherever the text is cut", () => {
		const reader = createObjectReader();
		expect(reader.push('{"known":true,"lines":[{"text":"a } ] \\" {","cites":[1,')).toEqual([]);
		expect(reader.push("2]}")).toEqual([{ text: 'a } ] " {', cites: [1, 2] }]);
		expect(reader.push(',{"text":"b"}]}')).toEqual([{ text: "b" }]);
		const line = fc.record({ text: anyText, cites: fc.array(fc.nat()) });
		fc.assert(
			fc.property(fc.array(line), fc.integer({ min: 1, max: 9 }), (lines, size) => {
				const text = JSON.stringify({ known: true, lines });
				expect(read(text.match(new RegExp(`[^]{1,${size}}`, "gu")) ?? [])).toEqual(JSON.parse(text).lines);
			}),
		);
	});

	it("refuses what is no JSON or goes on without end", () => {
		const bad = expect.objectContaining({ reason: "bad-answer" });
		expect(() => read(['{"lines":[{nonsense}'])).toThrow(bad);
		expect(() => read(["]"])).toThrow(bad);
		expect(() => read([`{"lines":[{"text":"${"x".repeat(10_000)}`])).toThrow(bad);
	});
});
