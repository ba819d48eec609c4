import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../wire/commands.ts";
import { wireCommand } from "../wire/commands.ts";
import { type CommandSpec, commandNames, commandTable, specOf, typedName } from "./command-table.ts";
import { completeLine } from "./complete-command.ts";
import { formatCommand } from "./format-command.ts";
import { wordDistance } from "./near-words.ts";
import { parseLine } from "./parse-command.ts";
import { quoted, splitWords } from "./split-words.ts";

const owner = { isOwner: true };
const anyone = { isOwner: false };

/** Something that fits each parameter. */
const fitting = ({ parameters }: CommandSpec): readonly string[] =>
	parameters.map(({ name, kind, least, choices }) => {
		if (kind === "count") return String(least);
		if (kind === "choice") return choices?.[0] ?? "";
		return { invite: "0123456789abcdef", report: "12", room: "!room:kith.test" }[name as string] ?? `a ${name}`;
	});

describe("the table of commands", () => {
	it("has each command once, and what its schema asks for, with and without what may be left out", () => {
		expect(commandTable.map(({ name }) => name)).toEqual(commandNames);
		for (const spec of commandTable) {
			const values = fitting(spec);
			const needed = values.filter((_, index) => spec.parameters[index]?.isOptional !== true);
			for (const given of [values, needed]) {
				const line = [typedName(spec), ...given.map(quoted)].join(" ");
				const parsed = parseLine(line, owner);
				expect([line, parsed.kind]).toEqual([line, "command"]);
				if (parsed.kind !== "command" || spec.where === "page") continue;
				expect([line, wireCommand.safeParse(parsed.command).data]).toEqual([line, parsed.command]);
			}
		}
		const onServer = commandTable.filter(({ where }) => where === "server").map(({ name }) => name);
		expect(wireCommand.options.map(({ shape }) => shape.name.value).sort()).toEqual([...onServer].sort());
	});
});

describe("a line", () => {
	it("is split at spaces, but not in quotation marks that begin a word", () => {
		const texts = (line: string) => {
			const split = splitWords(line);
			return split.kind === "words" ? split.words.map(({ text }) => text) : split;
		};
		expect(texts('  a  "b c" d')).toEqual(["a", "b c", "d"]);
		expect(texts("it\"s don't “x y”")).toEqual(['it"s', "don't", "x y"]);
		expect(texts('"say \\"hi\\" \\\\ you"')).toEqual(['say "hi" \\ you']);
		expect(texts('a "b c')).toEqual({ kind: "open-quote", start: 2 });
	});

	it("is a command behind a slash, in whatever letters, and words for the assistant else", () => {
		const show = { kind: "command", command: { name: "people-show", person: "@ann:kith.test" } };
		expect(parseLine("/People SHOW @ann:kith.test", owner)).toEqual(show);
		expect(parseLine("  what is /people? ", owner)).toEqual({ kind: "words", text: "what is /people?" });
		for (const line of ["", "  ", "/", " / "]) expect(parseLine(line, owner)).toEqual({ kind: "empty" });
	});

	it("takes a group's list by its first word alone, and words to look for only behind “list”", () => {
		expect(parseLine("/people", owner)).toEqual({ kind: "command", command: { name: "people-list" } });
		const found = { name: "people-list", text: "ann  van Dam" };
		expect(parseLine("/people list ann  van Dam", owner)).toEqual({ kind: "command", command: found });
		expect(parseLine('/people list "ann b"', owner)).toMatchObject({ command: { text: "ann b" } });
		expect(parseLine("/people ann", owner)).toMatchObject({ kind: "unknown", typed: "/people ann" });
	});

	it("says what is missing, too much or unfit, and which quotation mark is open", () => {
		expect(parseLine("/people suspend", owner)).toMatchObject({ kind: "missing", parameter: { name: "person" } });
		expect(parseLine("/people suspend ann ben", owner)).toMatchObject({ kind: "surplus", given: "ben" });
		expect(parseLine("/invites make lots", owner)).toMatchObject({ kind: "unfit", given: "lots" });
		for (const count of ["0", "1001", "-1", "1.5", "1e2"]) {
			expect(parseLine(`/invites make ${count}`, owner)).toMatchObject({ kind: "unfit", given: count });
		}
		expect(parseLine("/invites make 3 7", owner)).toMatchObject({ command: { uses: 3, days: 7 } });
		expect(parseLine("/metrics Queue", owner)).toMatchObject({ command: { chart: "queue" } });
		expect(parseLine("/metrics rain", owner)).toMatchObject({ kind: "unfit", given: "rain" });
		expect(parseLine('/people suspend "ann', owner)).toEqual({ kind: "open-quote" });
		expect(parseLine('/people suspend ""', owner)).toMatchObject({ kind: "unfit" });
		expect(parseLine('/ask what is 12" of rain', anyone)).toMatchObject({
			command: { name: "ask", question: 'what is 12" of rain' },
		});
	});

	it("that is nearly a command asks whether that was meant; commands of the owner are nobody else's", () => {
		const near = (line: string, who = owner) => {
			const parsed = parseLine(line, who);
			return parsed.kind === "unknown" ? parsed.near : parsed.kind;
		};
		expect(near("/people supsend ann")[0]).toBe("people-suspend");
		expect(near("/poeple show ann")[0]).toBe("people-show");
		expect(near("/suspend ann")[0]).toBe("people-suspend");
		expect(near("/metrcs")[0]).toBe("metrics");
		expect(near("/xyzzy")).toEqual([]);
		expect(near("/people suspend ann", anyone)).toEqual([]);
		expect(near("/hlep", anyone)).toEqual(["help"]);
	});

	it("is the same command again when it is written out, whatever stands in it", () => {
		const text = fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).map((value) => value.trim());
		const given = text.filter((value) => value !== "");
		fc.assert(
			fc.property(fc.constantFrom(...commandTable), fc.array(given, { minLength: 2, maxLength: 2 }), (spec, words) => {
				const values = spec.parameters.map(({ name, kind, most }, index) => {
					if (kind === "choice") return [name, "queue"];
					return [name, kind === "count" ? most : words[index]];
				});
				const command = { name: spec.name, ...Object.fromEntries(values) } as Command;
				expect(parseLine(formatCommand(command), owner)).toEqual({ kind: "command", command });
			}),
			{ numRuns: 400 },
		);
	});

	it("is read without an error whatever is typed", () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 80, unit: "binary" }), (line) => {
				parseLine(`/${line}`, owner);
				completeLine(`/${line}`, { ...owner, known: {} });
			}),
		);
	});
});

describe("completion", () => {
	const known = {
		person: [
			{ value: "@ann:kith.test", detail: "Ann" },
			{ value: "@ben:kith.test", detail: "Ben van Dam" },
		],
	};
	const labels = (line: string, who = owner) => completeLine(line, { ...who, known }).map(({ label }) => label);

	it("offers commands by their beginning or that of their second word, to whom they are for", () => {
		expect(labels("/peo")).toContain("/people suspend");
		expect(labels("/people s")).toEqual(["/people show", "/people suspend", "/people sign-out"]);
		expect(labels("/susp")).toEqual(["/people suspend"]);
		expect(labels("/", anyone)).toEqual(["/about", "/devices", "/ask", "/contact", "/help"]);
		expect(labels("/peo", anyone)).toEqual([]);
		expect(labels("people")).toEqual([]);
	});

	it("goes on with a space where something is to be given", () => {
		const [first] = completeLine("/people susp", { ...owner, known });
		expect(first?.line).toBe("/people suspend ");
		expect(completeLine("/stor", { ...owner, known })[0]?.line).toBe("/storage");
	});

	it("offers what was seen, by its id or its name, and choices", () => {
		expect(labels("/people show ")).toEqual(["@ann:kith.test", "@ben:kith.test"]);
		expect(labels("/people show b")).toEqual(["@ben:kith.test"]);
		const [ann] = completeLine("/people show an", { ...owner, known });
		expect(ann?.line).toBe("/people show @ann:kith.test");
		expect(labels("/people show @ann:kith.test")).toEqual([]);
		expect(labels("/metrics ")).toEqual(["messages", "people", "queue"]);
		expect(labels("/people show ann ")).toEqual([]);
		expect(labels("/invites make ")).toEqual([]);
	});
});

describe("how far words are apart", () => {
	it("counts letters that are missing, too many, other or swapped", () => {
		const pairs = [
			["show", "shwo", 1],
			["show", "sho", 1],
			["show", "shows", 1],
			["show", "shop", 1],
			["", "abc", 3],
			["people", "people", 0],
		] as const;
		for (const [one, other, distance] of pairs) expect([one, wordDistance(one, other)]).toEqual([one, distance]);
	});

	it("is the same from both sides", () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (one, other) => {
				expect(wordDistance(one, other)).toBe(wordDistance(other, one));
			}),
		);
	});

	it("every command is named", () => {
		for (const name of commandNames) expect(specOf(name).name).toBe(name);
	});
});
