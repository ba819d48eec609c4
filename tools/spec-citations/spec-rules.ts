/** A mention of a rule in SPEC.md. */
export interface SpecRule {
	readonly id: string;
	readonly line: number;
	/** What the rule's row of a table quotes: the words of tests after the id. */
	readonly quotedTitles: readonly string[];
}

const ruleId = /\b(?:AUTH|EVT|JSON|SIG|RES|RCV|REQ|NAME|KEY|TXN|ACL|ANS|MEM|DEV)(?:-[A-Z0-9]+)+\b/g;
const leadingIds = /^(?:(?:AUTH|EVT|JSON|SIG|RES|RCV|REQ|NAME|KEY|TXN|ACL|ANS|MEM|DEV)(?:-[A-Z0-9]+)+(?:, |: ?| |$))+/;

/** Every rule id of the document, with what a table row that begins with the id quotes. */
export function specRules(text: string): SpecRule[] {
	return text.split("\n").flatMap((content, index) => {
		const ids = [...new Set(content.match(ruleId) ?? [])];
		const row = /^\|\s*`?((?:[A-Z]+)(?:-[A-Z0-9]+)+)`?\s*\|/.exec(content)?.[1];
		return ids.map((id) => ({
			id,
			line: index + 1,
			quotedTitles: id === row ? [...content.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "") : [],
		}));
	});
}

/** The ids that a test title begins with, and the words after them. */
export function citation(title: string): { readonly ids: readonly string[]; readonly words: string } {
	const head = leadingIds.exec(title)?.[0] ?? "";
	return { ids: head.match(ruleId) ?? [], words: title.slice(head.length) };
}
