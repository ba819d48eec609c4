import ts from "typescript";
import type { Finding } from "../house/finding.ts";
import type { HouseRule } from "./house-rule.ts";
import { eachNode, lineOf, parseTsx } from "./parse-tsx.ts";

const id = "catalogue-text";
const spokenAttribute =
	/^(aria-(label|description|placeholder|roledescription|valuetext)|title|placeholder|alt|label)$/;

/** Words that people read or hear come from the catalogue in src/shared/text, so that they can be translated. */
export const catalogueText: HouseRule = {
	id,
	applies: (file) => /^src\/(features|components|pages)\/.*\.tsx$/.test(file) && !file.includes(".test."),
	find: (text) => {
		const source = parseTsx(text);
		const found: Finding[] = [];
		eachNode(source, (node) => {
			for (const part of spokenParts(node)) {
				if (!/\p{L}/u.test(part.text)) continue;
				const words = part.text.trim().replace(/\s+/g, " ").slice(0, 40);
				found.push({
					rule: id,
					file: text.file,
					line: lineOf(source, part.node),
					text: `“${words}” is not in the catalogue`,
				});
			}
		});
		return found;
	},
};

interface Spoken {
	readonly node: ts.Node;
	readonly text: string;
}

function spokenParts(node: ts.Node): Spoken[] {
	if (ts.isJsxText(node)) return [{ node, text: node.text }];
	if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) return literalParts(node.expression);
	if (!ts.isJsxAttribute(node) || !spokenAttribute.test(node.name.getText())) return [];
	const value = node.initializer;
	return value !== undefined && ts.isJsxExpression(value) ? literalParts(value.expression) : literalParts(value);
}

/** The texts that an expression may be, through choices and templates, but not through calls. */
function literalParts(node: ts.Node | undefined): Spoken[] {
	if (node === undefined) return [];
	if (ts.isStringLiteralLike(node)) return [{ node, text: node.text }];
	if (ts.isParenthesizedExpression(node)) return literalParts(node.expression);
	if (ts.isConditionalExpression(node)) return [...literalParts(node.whenTrue), ...literalParts(node.whenFalse)];
	if (ts.isBinaryExpression(node) && !isComparison(node))
		return [...literalParts(node.left), ...literalParts(node.right)];
	if (!ts.isTemplateExpression(node)) return [];
	const texts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
	return [{ node, text: texts.join(" ") }, ...node.templateSpans.flatMap((span) => literalParts(span.expression))];
}

function isComparison(node: ts.BinaryExpression): boolean {
	return /^([=!]==?|[<>]=?|in|instanceof)$/.test(node.operatorToken.getText());
}
