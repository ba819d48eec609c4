/** The part of vitest's JSON report that the table is made of. */
export interface InteropReport {
	readonly testResults: readonly {
		readonly assertionResults: readonly {
			/** The room version, who made the room. */
			readonly ancestorTitles: readonly string[];
			/** `a message is changed, in a room of Synapse` */
			readonly title: string;
			readonly status: string;
		}[];
	}[];
}

const begin = "<!-- written by npm run test:interop: begin -->";
const end = "<!-- end -->";

/** One row a test: the versions it ran in, and what came out. */
export const tableOf = ({ testResults }: InteropReport, peer: string): string => {
	const tests = new Map<string, { passed: string[]; failed: string[]; left: string[] }>();
	for (const { ancestorTitles, title, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
		const outcome = tests.get(title) ?? { passed: [], failed: [], left: [] };
		const version = ancestorTitles[0]?.replace("version ", "") ?? "";
		outcome[listOf(status)].push(version);
		tests.set(title, outcome);
	}
	const rows = [...tests].map(([title, { passed, failed, left }]) => {
		const versions = [...passed, ...failed, ...left].toSorted((one, other) => Number(one) - Number(other)).join(", ");
		const outcome = left.length > 0 ? "left out: the peer does not offer it" : "passed";
		return `| ${title} | ${versions} | ${peer} | ${failed.length === 0 ? outcome : `failed in ${failed.join(", ")}`} |`;
	});
	return ["| test | room versions | peer | result |", "|---|---|---|---|", ...rows].join("\n");
};

/** A test that was left out found the peer without what it is about. */
const listOf = (status: string): "passed" | "failed" | "left" => {
	if (status === "passed") return "passed";
	return status === "skipped" || status === "pending" ? "left" : "failed";
};

/** The page with the table in its place. Throws when the page has no place for it. */
export const withTable = (page: string, table: string): string => {
	const [from, to] = [page.indexOf(begin), page.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`no “${begin}” and “${end}” in the page`);
	return `${page.slice(0, from + begin.length)}\n${table}\n${page.slice(to)}`;
};
