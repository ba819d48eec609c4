import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finding, reportFindings } from "./house/finding.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";
import { runCommand } from "./house/run-command.ts";

/** An advisory that is known and does not reach us, until a day on which somebody looks again. */
export interface AcceptedAdvisory {
	/** As in the advisory's address: `GHSA-….` */
	readonly id: string;
	readonly reason: string;
	/** Last day on which it is accepted, as `2027-01-31`. */
	readonly until: string;
}

export type AuditAnswer =
	| { readonly kind: "answered"; readonly advisories: readonly Advisory[] }
	| { readonly kind: "unanswered"; readonly why: string };

interface Advisory {
	readonly id: string;
	readonly name: string;
	readonly title: string;
}

interface AuditReport {
	readonly message?: string;
	readonly error?: { readonly summary?: string; readonly code?: string };
	readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (string | ReportedAdvisory)[] }>>;
}

interface ReportedAdvisory {
	readonly name: string;
	readonly title: string;
	readonly url: string;
	readonly severity: string;
}

/** Reads what `npm audit --json` wrote; a registry without that service is not the same as one without findings. */
export function readAudit(stdout: string): AuditAnswer {
	const report = parseReport(stdout);
	if (report?.vulnerabilities === undefined) {
		const why = report?.message ?? report?.error?.summary ?? report?.error?.code ?? "no answer";
		return { kind: "unanswered", why: why.replace(/ - .*/, "") };
	}
	const reported = Object.values(report.vulnerabilities).flatMap(({ via }) => via);
	const severe = reported.filter((via) => typeof via !== "string").filter(isSevere);
	const advisories = severe.map(({ name, title, url }) => ({ id: url.split("/").at(-1) ?? url, name, title }));
	return { kind: "answered", advisories };
}

function parseReport(stdout: string): AuditReport | undefined {
	try {
		return JSON.parse(stdout);
	} catch {
		return undefined;
	}
}

function isSevere({ severity }: ReportedAdvisory): boolean {
	return severity === "high" || severity === "critical";
}

/** Advisories that nobody accepted, and acceptances that are over or not needed any more. */
export function judgeAdvisories(
	advisories: readonly Advisory[],
	accepted: readonly AcceptedAdvisory[],
	today: string,
): Finding[] {
	const valid = new Set(accepted.filter(({ until }) => today <= until).map(({ id }) => id));
	const open = advisories.filter(({ id }) => !valid.has(id));
	const idle = accepted.filter(({ id }) => !advisories.some((advisory) => advisory.id === id));
	const rule = "dependency-audit";
	return [
		...open.map(({ id, name, title }) => ({ rule, file: "package-lock.json", text: `${name}: ${title} (${id})` })),
		...idle.map(({ id }) => ({ rule, file: "tools/audit-accepted.json", text: `${id} is no longer reported` })),
	];
}

if (isMain(import.meta.url)) {
	const args = ["audit", "--omit=dev", "--audit-level=high", "--json"];
	const { stdout } = await runCommand("npm", args, { cwd: repositoryRoot, timeoutMs: 60_000 });
	const answer = readAudit(stdout);
	if (answer.kind === "unanswered") {
		console.log(`not audited: the registry answers no audit (${answer.why})`);
	} else {
		const accepted: AcceptedAdvisory[] = JSON.parse(
			await readFile(join(repositoryRoot, "tools/audit-accepted.json"), "utf8"),
		);
		const findings = judgeAdvisories(answer.advisories, accepted, new Date().toISOString().slice(0, 10));
		process.exitCode = reportFindings(findings, "no open advisory of high severity");
	}
}
