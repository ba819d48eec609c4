/**
 * Feeds the JSON parser inputs that want to break it, each made from the seed and its own number, so that a run can be
 * repeated, cut short and taken up again: `npm run fuzz -- --seed 42 --from 3000000 --cases 7000000`.
 * A case fails when the parser throws, differs from JSON.parse over syntax or over the value, or when its value does not
 * survive canonical encoding. A failure prints the input and the command that repeats it.
 */
import { parseArgs } from "node:util";
import { encodeCanonicalJson } from "../federation/json/canonical-json.ts";
import type { JsonValue } from "../federation/json/json-value.ts";
import { parseJson } from "../federation/json/parse-json.ts";
import { makeInput } from "./fuzz/make-input.ts";
import { randomFrom } from "./fuzz/random-from.ts";

const { values } = parseArgs({
	options: {
		seed: { type: "string", default: String(Date.now() % 2 ** 31) },
		from: { type: "string", default: "0" },
		cases: { type: "string", default: "10000000" },
	},
});

const wholeNumber = (name: "seed" | "from" | "cases"): number => {
	const value = Number(values[name]);
	if (!Number.isSafeInteger(value) || value < 0) {
		process.stderr.write(`--${name} must be a whole number, for example --${name} 1000\n`);
		process.exit(1);
	}
	return value;
};

/** What is wrong with the parser's treatment of the input; `undefined` when nothing is. */
const faultOf = (bytes: Uint8Array): string | undefined => {
	const parsing = parseJson(bytes);
	const strictly = decodeStrictly(bytes);
	const native = nativelyParsed(strictly);
	if (parsing.kind === "refused") {
		if (parsing.at < 0 || parsing.at > bytes.length) {
			return `refused at ${parsing.at}, outside the input`;
		}
		const isForSyntax = parsing.reason === "syntax" || parsing.reason === "malformed-utf8";
		return isForSyntax && native !== undefined ? `refused as ${parsing.reason} what JSON.parse reads` : undefined;
	}
	if (native === undefined) {
		return "accepted what JSON.parse or a strict decoder refuses";
	}
	const encoded = encodeCanonicalJson(parsing.value);
	if (encoded !== encodeCanonicalJson(native.value)) {
		return "read another value than JSON.parse";
	}
	const again = parseJson(encoded, { maxBytes: 2 ** 24 });
	return again.kind === "ok" && encodeCanonicalJson(again.value) === encoded ? undefined : "encoding is no fixed point";
};

const nativelyParsed = (text: string | undefined): { readonly value: JsonValue } | undefined => {
	try {
		return text === undefined ? undefined : { value: JSON.parse(text) };
	} catch {
		return undefined;
	}
};

const fatal = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const decodeStrictly = (bytes: Uint8Array): string | undefined => {
	try {
		return fatal.decode(bytes);
	} catch {
		return undefined;
	}
};

const caughtFaultOf = (bytes: Uint8Array): string | undefined => {
	try {
		return faultOf(bytes);
	} catch (error) {
		return `threw ${error}`;
	}
};

const run = (): number => {
	const seed = wholeNumber("seed");
	const from = wholeNumber("from");
	const end = from + wholeNumber("cases");
	const counts = { ok: 0, refused: 0 };
	process.stdout.write(`fuzz-json: seed ${seed}, cases ${from} to ${end}\n`);
	for (let index = from; index < end; index++) {
		const bytes = makeInput(randomFrom(seed, index));
		const fault = caughtFaultOf(bytes);
		if (fault !== undefined) {
			process.stdout.write(`case ${index}: ${fault}\ninput (base64): ${Buffer.from(bytes).toString("base64")}\n`);
			process.stdout.write(`repeat with: npm run fuzz -- --seed ${seed} --from ${index} --cases 1\n`);
			return 1;
		}
		counts[parseJson(bytes).kind]++;
		if ((index + 1 - from) % 1_000_000 === 0) {
			process.stdout.write(`${index + 1}: ${counts.ok} accepted, ${counts.refused} refused, no fault\n`);
		}
	}
	process.stdout.write(`fuzz-json: ${end - from} cases, ${counts.ok} accepted, ${counts.refused} refused, no fault\n`);
	return 0;
};

process.exitCode = run();
