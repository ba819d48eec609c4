import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseText } from "../../../features/timeline/parse-text.ts";
import { createTextCleaner } from "./clean-text.ts";
import { linksOf } from "./known-links.ts";
import { withoutUnseen } from "./unseen-characters.ts";

const anyText = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
	.map((units) => String.fromCharCode(...units));
/** What a reader could follow. */
const linksShown = (text: string): string[] =>
	parseText(text, []).flatMap((part) => (part.kind === "link" ? [part.href] : []));
const clean = (text: string, ...sources: string[]): string => createTextCleaner(sources).clean(text);
const inPieces = (pieces: readonly string[], ...sources: string[]): string => {
	const cleaner = createTextCleaner(sources);
	return pieces.map((piece) => cleaner.push(piece)).join("") + cleaner.end();
};

describe("what nobody sees", () => {
	it("is taken out: control, bidi, zero-width, tags, halves of characters", () => {
		expect(withoutUnseen("a\u0000b\u001b[31mc\u0085\u202Ed\u2066e\u200bf\ufeffg\u00adh")).toBe("ab[31mcdefgh");
		expect(withoutUnseen("x\u{e0041}\u{e007f}y\ud800z\u2028!")).toBe("xy\ufffdz!");
		expect(withoutUnseen("one\r\ntwo\rthree\tfour\n")).toBe("one\ntwo\nthree\tfour\n");
	});

	it("leaves emoji and scripts alone", () => {
		for (const text of ["👨‍👩‍👧", "👩🏽‍🚀", "❤️", "नमस्ते", "שלום", "日本語", "ñ é"])
			expect(withoutUnseen(text)).toBe(text);
		expect(withoutUnseen("a\u200db")).toBe("ab");
	});

	it("is gone from any text, and what is left stays as it is", () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const once = withoutUnseen(text);
				expect(/\p{Cc}|\p{Cf}/u.test(once.replaceAll(/[\n\t\u200d]|[\u0600-\u08ff]/g, ""))).toBe(false);
				expect(withoutUnseen(once)).toBe(once);
			}),
		);
	});
});

describe("an address", () => {
	it("stays where a source has it letter by letter, and is taken away otherwise", () => {
		const source = "Tickets: https://fair.example/t?id=7. Mail: ann@fair.example";
		expect(clean("See https://fair.example/t?id=7.", source)).toBe("See https://fair.example/t?id=7.");
		expect(clean("See https://fair.example/t?id=7&leak=secret", source)).toBe("See …");
		expect(clean("See https://fair.example/t", source)).toBe("See …");
		expect(clean("ann@fair.example, eve@evil.example", source)).toBe("ann@fair.example, …");
	});

	it("that is known takes along nothing that would be a part of it where it is shown", () => {
		const source = "See https://evil.example/x and (https://evil.example/y_(z)) and https://evil.example/q(";
		for (const tail of ["'data", "`data", "|data", "’data", "]data", "_data", "(data)"]) {
			expect(clean(`a https://evil.example/x${tail} b`, source)).not.toContain("data");
		}
		expect(clean("“https://evil.example/x”, (https://evil.example/y_(z))!", source)).toBe(
			"“https://evil.example/x”, (https://evil.example/y_(z))!",
		);
		const known = new Set(linksShown(source));
		const tails = fc.string({ unit: fc.constantFrom(..."().,;:!?'’”\"*_|`]}x\u200b "), maxLength: 12 });
		fc.assert(
			fc.property(fc.constantFrom(...known), tails, (link, tail) => {
				for (const shown of linksShown(clean(`${link}${tail}`, source))) expect(known).toContain(shown);
			}),
			{ numRuns: 500 },
		);
	});

	it("that a source hides in what nobody sees is none of it", () => {
		expect(clean("https://evil.example/x", "h\u2062ttps://evil.example/x")).toBe("…");
	});

	it("in a picture's place leaves no picture, whatever brackets it has", () => {
		expect(clean("![logo](https://evil.example/a(b)c)", "x")).not.toMatch(/!\[|evil/);
	});

	it.each([
		"http://evil.example/x",
		"HTTPS://EVIL.example",
		"www.evil.example/?q=1",
		"evil.example/path",
		"mailto:eve@evil.example",
		"javascript:alert%281",
		"data:text/html;base64,AAAA",
		"matrix://evil/x",
		"ht\u200btps://evil.example/x",
		"пример.рф/x",
	])("%s is one", (link) => {
		expect(clean(`a ${link} b`, "nothing")).toBe("a … b");
	});

	it("is none in a version, a time or an abbreviation", () => {
		for (const text of ["v1.2.3", "at 9.30", "e.g. this", "and/or", "16:45", "3.5/4"]) expect(clean(text)).toBe(text);
	});
});

describe("a text that is made to take long", () => {
	const short = 10_000;
	const times = 4;
	const clean = (text: string): void => {
		createTextCleaner([text]).clean(text);
		inPieces([text, text]);
	};
	const timed = (text: string): number => {
		const startMs = performance.now();
		clean(text);
		return Math.max(performance.now() - startMs, 1);
	};
	it.each<[string, (length: number) => string]>([
		["letters", (length) => "a".repeat(length)],
		["short names", (length) => "a.".repeat(length)],
		["a host that ends as none", (length) => `${"a.".repeat(length)}/`],
		["schemes", (length) => "ab:/".repeat(length)],
		["marks behind an address", (length) => `https://x.example/${"!".repeat(length)}a`],
		["brackets", (length) => "[".repeat(length)],
		["brackets and parentheses", (length) => "[x](".repeat(length)],
		["pictures", (length) => "![x](".repeat(length)],
		["mail", (length) => "a+b-".repeat(length)],
		["data", (length) => "data:".repeat(length)],
		["spaces", (length) => `a${" ".repeat(length)}b`],
		["joiners", (length) => "\u200d".repeat(length)],
	])("takes no more than its length: %s", (_, textOf) => {
		timed(textOf(short));
		const ratios = Array.from({ length: 8 }, () => timed(textOf(short * times)) / timed(textOf(short)));
		// What grows with the square takes sixteen times as long each time; what else the machine does, not each time.
		expect(Math.min(...ratios)).toBeLessThan(times * 2.5);
	});
});

describe("markdown", () => {
	it("loses its pictures, and its links their targets unless a source has them", () => {
		expect(clean("![cat](https://evil.example/?d=secret) hello")).toBe("cat hello");
		expect(clean("[click here](https://evil.example) now")).toBe("click here now");
		expect(clean("[site](https://ok.example/a)", "https://ok.example/a")).toBe("site https://ok.example/a");
	});
});

describe("a text in pieces", () => {
	it("never shows an address before it is whole", () => {
		expect(inPieces(["go to ht", "tps://ev", "il.example/", "x now"])).toBe("go to … now");
		expect(inPieces(["![a pic", "ture](http", "s://evil.example/x.png) ok"])).toBe("a picture ok");
		expect(inPieces(["[two wor", "ds](https://", "evil.example) ok"])).toBe("two words ok");
		expect(inPieces(["h", "t\u200b", "tp://evil.example/ "])).toBe("… ");
	});

	it("of a script without spaces is shown as it comes", () => {
		expect(createTextCleaner([]).push("今日は天気がいい")).toBe("今日は天気がいい");
	});

	it("holds no address that the sources do not have, wherever it is cut, and goes on without end", () => {
		const part = fc.constantFrom(
			"https://evil.example/a",
			"see ",
			"[x](",
			")",
			"![",
			"]",
			"ok. ",
			"\n",
			"http",
			"://",
			"路",
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 7 }), (parts, size) => {
				const pieces = parts.join("").match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
				const shown = inPieces(pieces);
				expect(linksOf(shown)).toEqual([]);
				expect(shown).not.toContain("evil");
			}),
		);
		expect(linksOf(inPieces([..."http://[x](ok. "]))).toEqual([]);
		const cleaner = createTextCleaner([]);
		expect(cleaner.push("x".repeat(5_000))).toHaveLength(5_000);
		expect(linksOf(inPieces([`${"x".repeat(2_000)}/http`, "://evil.example/secret "]))).toEqual([]);
	});
});
