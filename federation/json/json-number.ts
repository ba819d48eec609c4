/** Number literals in the strict and in the lenient reading. Source: Matrix v1.19 appendices, "Canonical JSON", grammar. */

const syntax = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const integer = /^(?:0|-?[1-9][0-9]*)$/;

/** Reads an integer within ±(2^53-1); `-0`, fractions, exponents and bigger ones are valid JSON but not canonical. */
export const canonicalInteger = (literal: string): number | "syntax" | "number-not-canonical" => {
	if (integer.test(literal)) {
		const value = Number(literal);
		return Number.isSafeInteger(value) ? value : "number-not-canonical";
	}
	return syntax.test(literal) ? "number-not-canonical" : "syntax";
};

/** Reads any JSON number that fits a double; `-0` becomes 0. */
export const lenientNumber = (literal: string): number | "syntax" | "number-not-canonical" => {
	if (!syntax.test(literal)) {
		return "syntax";
	}
	const value = Number(literal);
	return Number.isFinite(value) ? value + 0 : "number-not-canonical";
};
