import type { en } from "./en.ts";
import "./en/errors.ts";
import "./en/every-screen.ts";
import { type Entry, words as loaded } from "./words.ts";

/** The name of an entry of the catalogue. */
export type TextKey = keyof typeof en;

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type Words<K extends TextKey> = (typeof en)[K] extends { readonly other: infer Other } ? Other : (typeof en)[K];
type Values<K extends TextKey> = { readonly [Name in Placeholder<Words<K>>]: string | number };
type Arguments<K extends TextKey> = [Placeholder<Words<K>>] extends [never] ? [] : [values: Values<K>];

const plurals = new Intl.PluralRules("en");

/**
 * The words for a key, its placeholders filled in. The compiler asks for exactly the values that the entry names.
 * An entry in several numbers is chosen by the value `count`. Words of one area, such as a feature, are there once a file
 * of that area has imported its catalogue, `./en/<area>.ts`; every screen has the common ones and those of failures.
 */
export function text<K extends TextKey>(key: K, ...args: Arguments<K>): string {
	const entry = loaded[key];
	if (entry === undefined) throw new Error(`no page part loaded the words of ${key}`);
	const values: Readonly<Record<string, string | number>> = args[0] ?? {};
	const words = typeof entry === "string" ? entry : pickNumber(entry, Number(values["count"]));
	return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

function pickNumber(entry: Exclude<Entry, string>, count: number): string {
	return plurals.select(count) === "one" ? entry.one : entry.other;
}
