import { dateText, listTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { WireAdminToken } from "../../shared/wire/admin-calls.ts";
import type { WireReport } from "../../shared/wire/safety-calls.ts";
import { action, showAction } from "./show-action.ts";
import type { ShowContext, ShownCell, ShownFacts, ShownRows } from "./shown-result.ts";

export function showInvites(items: readonly WireAdminToken[]): ShownRows {
	return {
		kind: "rows",
		title: text("result.invites", { count: items.length }),
		columns: [text("result.invite"), text("result.used"), text("result.ends")],
		rows: items.map(({ id, usesAllowed, usesCount, expiresAt, isInviteLink }) => ({
			key: id,
			name: id,
			detail: text(isInviteLink ? "result.inviteLink" : "result.code"),
			cells: [
				{ words: text("result.usedOf", { used: usesCount, allowed: usesAllowed }) },
				{ words: expiresAt === undefined ? text("result.forever") : dateText(expiresAt) },
			],
			actions: [action(text("action.revoke"), id, { name: "invites-revoke", invite: id })],
		})),
	};
}

export function showReports(items: readonly WireReport[], { now }: ShowContext): ShownRows {
	return {
		kind: "rows",
		title: text("result.reports", { count: items.length }),
		columns: [text("result.report"), text("result.state"), text("result.by"), text("result.since")],
		rows: items.map((report) => ({
			key: report.id,
			name: report.subjectId,
			detail: text("result.reportOf", { id: report.id }),
			cells: [stateOf(report), { words: report.reporterName }, { words: listTime(report.createdAt, now) }],
			actions: [showAction(text("result.reportOf", { id: report.id }), { name: "reports-show", report: report.id })],
		})),
	};
}

export function showReport(report: WireReport, { now }: ShowContext): ShownFacts {
	const { id, words, roomName } = report;
	const settle = action(text("action.settle"), text("result.reportOf", { id }), { name: "reports-settle", report: id });
	return {
		kind: "facts",
		title: text("result.reportOf", { id }),
		facts: [
			{ name: text("result.about"), words: report.subjectId },
			{ name: text("result.by"), words: `${report.reporterName} (${report.reporterId})` },
			{ name: text("result.state"), ...stateOf(report) },
			{ name: text("result.since"), words: listTime(report.createdAt, now) },
			...(roomName === undefined ? [] : [{ name: text("result.inRoom"), words: roomName }]),
			{ name: text("result.words"), words: words === "" ? text("result.noWords") : words },
		],
		actions: report.settledAt === undefined ? [settle] : [],
	};
}

function stateOf({ settledAt }: WireReport): ShownCell {
	return settledAt === undefined
		? { words: text("result.open"), look: "bad" }
		: { words: text("result.settled"), look: "ok" };
}
