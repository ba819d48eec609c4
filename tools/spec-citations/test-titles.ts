import ts from "typescript";

/** The fixed beginning of a test's title and where it stands. */
export interface TestTitle {
	readonly text: string;
	readonly line: number;
}

const runners = new Set(["it", "test"]);
const groups = new Set(["describe", "suite"]);
const never = new Set(["skip", "todo", "fails", "fixme"]);

/**
 * The titles of the tests of a file that can run. A group's title is the beginning of its tests' titles, so it counts
 * when the group holds a test. A template counts up to its first placeholder.
 */
export function testTitles(file: string, text: string): TestTitle[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const titles: TestTitle[] = [];
	const titleAt = (call: ts.CallExpression): TestTitle[] => {
		const start = fixedText(call.arguments[0]);
		if (start === undefined) return [];
		return [{ text: start, line: source.getLineAndCharacterOfPosition(call.getStart()).line + 1 }];
	};
	const visit = (node: ts.Node): void => {
		const words = ts.isCallExpression(node) ? calleeWords(node.expression) : [];
		if (words.some((word) => never.has(word))) return;
		if (ts.isCallExpression(node) && runners.has(words[0] ?? "")) titles.push(...titleAt(node));
		const before = titles.length;
		ts.forEachChild(node, visit);
		if (ts.isCallExpression(node) && groups.has(words[0] ?? "") && titles.length > before)
			titles.push(...titleAt(node));
	};
	visit(source);
	return titles;
}

/** `test.each(rows)` is `["test", "each"]`; anything that is no chain of names is empty. */
function calleeWords(callee: ts.Expression): string[] {
	if (ts.isIdentifier(callee)) return [callee.text];
	if (ts.isCallExpression(callee) || ts.isTaggedTemplateExpression(callee)) {
		return calleeWords(ts.isCallExpression(callee) ? callee.expression : callee.tag);
	}
	if (!ts.isPropertyAccessExpression(callee)) return [];
	const words = calleeWords(callee.expression);
	return words.length === 0 ? [] : [...words, callee.name.text];
}

function fixedText(title: ts.Expression | undefined): string | undefined {
	if (title === undefined) return undefined;
	if (ts.isStringLiteralLike(title)) return title.text;
	return ts.isTemplateExpression(title) ? title.head.text : undefined;
}
