/** Inputs for the JSON parser: well-formed documents, damaged ones, token salad and plain noise. */
import type { Random } from "./random-from.ts";

/** The bytes of one case. */
export const makeInput = (random: Random): Uint8Array => {
	switch (random(8)) {
		case 0:
			return noise(random);
		case 1:
		case 2:
			return encoder.encode(salad(random));
		case 3:
		case 4:
			return encoder.encode(document(random, 0));
		default:
			return damaged(encoder.encode(document(random, 0)), random);
	}
};

const encoder = new TextEncoder();

const noise = (random: Random): Uint8Array => Uint8Array.from({ length: random(24) }, () => random(256));

const tokens = [
	...'{}[],:"\\/ \t\n\r-+.eE0123456789',
	...["true", "false", "null", "tru", "NaN", '"a":', '"__proto__":', "\\u", "\\ud83d", "\\ude00", "\\u0000", "[[[["],
	...["9007199254740991", "9007199254740992", "-0", "1e3", "1.0", "é", "😀", "\ufeff", "\u2028", "\u0000", "//", "/*"],
] as const;

const salad = (random: Random): string => Array.from({ length: random(16) }, () => pick(tokens, random)).join("");

const document = (random: Random, depth: number): string => {
	switch (random(depth > 5 ? 5 : 8)) {
		case 0:
			return pick(["true", "false", "null"], random);
		case 1:
			return number(random);
		case 2:
		case 3:
		case 4:
			return string(random);
		case 5:
			return `[${space(random)}${list(random, () => document(random, depth + 1))}${space(random)}]`;
		default:
			return `{${list(random, () => `${string(random)}${space(random)}:${space(random)}${document(random, depth + 1)}`)}}`;
	}
};

const list = (random: Random, item: () => string): string => Array.from({ length: random(4) }, item).join(",");

const number = (random: Random): string =>
	pick(["0", "-1", "12", "9007199254740991", "-9007199254740992", "1.5", "1E5", "-0", "01"], random);

const characters = [
	"a",
	"b",
	"Z",
	"é",
	"日",
	"😀",
	"\\n",
	'\\"',
	"\\\\",
	"\\u00e9",
	"\\ud83d\\ude00",
	"\\udead",
	"\u007f",
] as const;
const string = (random: Random): string =>
	`"${random(12) === 0 ? "__proto__" : Array.from({ length: random(5) }, () => pick(characters, random)).join("")}"`;

const space = (random: Random): string => pick(["", "", "", " ", "\n\t", "\r"], random);

/** Flips, drops, doubles or cuts bytes. */
const damaged = (bytes: Uint8Array, random: Random): Uint8Array => {
	let result = [...bytes];
	for (let count = 1 + random(3); count > 0 && result.length > 0; count--) {
		const at = random(result.length);
		switch (random(4)) {
			case 0:
				result[at] = random(256);
				break;
			case 1:
				result.splice(at, 1);
				break;
			case 2:
				result.splice(at, 0, ...result.slice(at, at + 1 + random(8)));
				break;
			default:
				result = result.slice(0, at);
		}
	}
	return Uint8Array.from(result);
};

const pick = <Item>(items: readonly Item[], random: Random): Item => items[random(items.length)] as Item;
