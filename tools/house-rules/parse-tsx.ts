import ts from "typescript";
import type { SourceText } from "./house-rule.ts";

export function parseTsx({ file, text }: SourceText): ts.SourceFile {
	return ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TSX);
}

/** Calls back with each node of a tree, parents first. */
export function eachNode(node: ts.Node, visit: (node: ts.Node) => void): void {
	visit(node);
	ts.forEachChild(node, (child) => eachNode(child, visit));
}

export function lineOf(source: ts.SourceFile, node: ts.Node): number {
	return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}
