/** One place that breaks a rule of the house. */
export interface Finding {
	readonly rule: string;
	readonly file: string;
	readonly line?: number;
	readonly text: string;
}

function formatFinding({ rule, file, line, text }: Finding): string {
	return `${file}${line === undefined ? "" : `:${line}`} ${rule}: ${text}`;
}

/** Prints what was found and turns it into an exit status. */
export function reportFindings(findings: readonly Finding[], whatHolds: string): number {
	for (const finding of findings) console.log(formatFinding(finding));
	console.log(findings.length === 0 ? whatHolds : `${findings.length} to put right`);
	return findings.length === 0 ? 0 : 1;
}
