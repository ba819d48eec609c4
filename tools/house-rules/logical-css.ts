import ts from "typescript";
import type { Finding } from "../house/finding.ts";
import type { HouseRule, SourceText } from "./house-rule.ts";
import { eachNode, lineOf, parseTsx } from "./parse-tsx.ts";

const id = "logical-css";
const physicalProperty =
	/^(left|right|((scroll-)?(margin|padding)|border)-(left|right)(-\w+)*|border-(top|bottom)-(left|right)-radius)$/;
const physicalClass = new RegExp(
	[
		String.raw`^(\S*:)?-?(m[lr]|p[lr]|scroll-[mp][lr]|left|right)-(\d|\[|\(|px|auto|full).*$`,
		String.raw`^(\S*:)?(rounded-([lr]|[tb][lr])|border-[lr])(-.+)?$`,
		String.raw`^(\S*:)?(text|float|clear)-(left|right)$`,
	].join("|"),
);

/** A screen turns round for right-to-left languages only where nothing names left or right. */
export const logicalCss: HouseRule = {
	id,
	applies: (file) => /^src\/.*\.(css|tsx)$/.test(file) && !file.includes(".test."),
	find: (source) => (source.file.endsWith(".css") ? findInStyleSheet(source) : findInMarkup(source)),
};

function findInStyleSheet({ file, text }: SourceText): Finding[] {
	const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
	const found: Finding[] = [];
	for (const match of withoutComments.matchAll(/(?<=[{;\s]|^)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)) {
		const [, property = "", value = ""] = match;
		const text = describePhysical(property, value.trim());
		const line = withoutComments.slice(0, match.index).split("\n").length;
		if (text !== undefined) found.push({ rule: id, file, line, text });
	}
	return found;
}

function describePhysical(property: string, value: string): string | undefined {
	if (physicalProperty.test(property)) return `${property} names a side; use its inline-start or inline-end form`;
	if (/^(text-align|float|clear)$/.test(property) && /^(left|right)\b/.test(value)) {
		return `${property}: ${value} names a side; use start or end`;
	}
	const parts = value.match(/(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+/g) ?? [];
	if (/^((scroll-)?(margin|padding)|inset)$/.test(property) && parts.length === 4 && parts[1] !== parts[3]) {
		return `${property} differs between left and right; use ${property}-inline`;
	}
	if (property === "border-radius" && !value.includes("/") && isLopsided(parts)) {
		return "border-radius differs between left and right; use border-start-start-radius and the like";
	}
	return undefined;
}

/** Corners are listed from the top left, clockwise; what is left out repeats its opposite. */
function isLopsided([topLeft, topRight = topLeft, bottomRight = topLeft, bottomLeft = topRight]: string[]): boolean {
	return topLeft !== topRight || bottomRight !== bottomLeft;
}

function findInMarkup(text: SourceText): Finding[] {
	const source = parseTsx(text);
	const found: Finding[] = [];
	const add = (node: ts.Node, name: string): void => {
		found.push({ rule: id, file: text.file, line: lineOf(source, node), text: `${name} names a side` });
	};
	eachNode(source, (node) => {
		if (ts.isJsxAttribute(node) && node.name.getText(source) === "style") eachNode(node, (part) => addStyle(part, add));
		if (ts.isStringLiteralLike(node) && isClassName(node)) {
			for (const name of node.text.split(/\s+/)) if (physicalClass.test(name)) add(node, name);
		}
	});
	return found;
}

function addStyle(node: ts.Node, add: (node: ts.Node, name: string) => void): void {
	if (!ts.isPropertyAssignment(node)) return;
	const name = node.name.getText().replace(/["']/g, "");
	const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	const value = ts.isStringLiteralLike(node.initializer) ? node.initializer.text : "";
	if (describePhysical(property, value) !== undefined) add(node, name);
}

/** Whether a text stands in a class attribute or in a call that joins classes. */
function isClassName(node: ts.Node): boolean {
	for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
		if (ts.isJsxAttribute(at)) return /class(Name)?$/i.test(at.name.getText());
		if (ts.isCallExpression(at) && /class/i.test(at.expression.getText())) return true;
		if (ts.isStatement(at)) return false;
	}
	return false;
}
