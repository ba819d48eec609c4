import type { Finding } from "../house/finding.ts";
import type { SourceText } from "./house-rule.ts";

const rule = "statement-names";
const named = /\bname: "([a-z0-9_-]+)"/g;

/**
 * A connection keeps a prepared statement under its name: the second text under one name is refused, but only on a
 * connection that has run the first, which no test of one statement sees.
 */
export function findRepeatedStatements(sources: readonly SourceText[]): Finding[] {
	const first = new Map<string, string>();
	const findings: Finding[] = [];
	for (const { file, text } of sources) {
		if (!file.startsWith("src/server/adapters/prisma/") || /\.test\.ts$|\/generated\//.test(file)) continue;
		for (const match of text.matchAll(named)) {
			const name = match[1] ?? "";
			const line = text.slice(0, match.index).split("\n").length;
			const before = first.get(name);
			if (before === undefined) first.set(name, `${file}:${line}`);
			else findings.push({ rule, file, line, text: `“${name}” is the name of another statement: ${before}` });
		}
	}
	return findings;
}
