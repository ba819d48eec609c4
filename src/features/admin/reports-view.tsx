import { Check, Flag } from "lucide-react";
import Link from "next/link";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { listTime } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { WireReport } from "../../shared/wire/safety-calls.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";

export interface AdminReportsProps {
	readonly state: LoadState;
	readonly reports: readonly WireReport[];
	/** The report that is being put away. */
	readonly settling: string | undefined;
	readonly error: string | undefined;
	readonly now: number;
	readonly onSettle: (id: string) => void;
}

/** What people told the owner of this server about others. */
export function AdminReportsView({ state, reports, settling, error, now, onSettle }: AdminReportsProps) {
	return (
		<AdminPageView title={text("admin.reports")} lead={text("reports.lead")}>
			<FormError message={error} />
			<LoadingView state={state} />
			{state.kind === "ready" && reports.length === 0 && (
				<div className="card">
					<EmptyState icon={Flag} title={text("reports.noneTitle")} text={text("reports.noneText")} />
				</div>
			)}
			{reports.length > 0 && (
				<ul className="reports">
					{reports.map((report) => (
						<li key={report.id}>
							<Report report={report} now={now} isBusy={settling === report.id} onSettle={onSettle} />
						</li>
					))}
				</ul>
			)}
		</AdminPageView>
	);
}

interface ReportProps extends Pick<AdminReportsProps, "now" | "onSettle"> {
	readonly report: WireReport;
	readonly isBusy: boolean;
}

function Report({ report, now, isBusy, onSettle }: ReportProps) {
	const { subjectId, reporterName, roomName, words, createdAt, settledAt } = report;
	const time = listTime(createdAt, now);
	return (
		<article className="card report" aria-label={text("reports.label", { id: subjectId })}>
			<header>
				<div>
					<h2>{subjectId}</h2>
					<p>
						{roomName === undefined
							? text("reports.by", { name: reporterName, time })
							: text("reports.byAbout", { name: reporterName, time, room: roomName })}
					</p>
				</div>
				{settledAt !== undefined && (
					<span className="tag tag-ok">
						<Icon of={Check} size={14} />
						{text("reports.settled")}
					</span>
				)}
			</header>
			{words !== "" && <blockquote>{words}</blockquote>}
			{settledAt === undefined && (
				<footer>
					<Button
						look="second"
						size="small"
						isBusy={isBusy}
						aria-label={text("reports.settleLabel", { id: subjectId })}
						onClick={() => onSettle(report.id)}
					>
						{text("reports.settle")}
					</Button>
					<Link className="button button-quiet button-small" href="/admin/federation">
						{text("reports.toServers")}
					</Link>
				</footer>
			)}
		</article>
	);
}
