import { Check, CircleHelp, Globe, RefreshCw, TriangleAlert } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireDestination, WireSelfCheck } from "../../shared/wire/federation-calls.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";
import { DestinationRow } from "./destination-row-view.tsx";

export interface AdminFederationProps {
	readonly state: LoadState;
	readonly destinations: readonly WireDestination[];
	readonly checkState: LoadState;
	readonly checks: readonly WireSelfCheck[];
	readonly isChecking: boolean;
	readonly retrying: string | undefined;
	readonly error: string | undefined;
	readonly now: number;
	readonly onRetry: (serverName: string) => void;
	readonly onCheck: () => void;
}

/** How others reach this server, and how it reaches others. */
export function AdminFederationView(props: AdminFederationProps) {
	return (
		<AdminPageView title={text("admin.federation")} lead={text("servers.lead")}>
			<FormError message={props.error} />
			<SelfChecks {...props} />
			<section className="admin-part" aria-labelledby="servers-title">
				<h2 id="servers-title">{text("servers.title")}</h2>
				<LoadingView state={props.state} />
				{props.state.kind === "ready" && <Destinations {...props} />}
			</section>
		</AdminPageView>
	);
}

function SelfChecks({ checkState, checks, isChecking, onCheck }: AdminFederationProps) {
	return (
		<section className="card facts checks" aria-labelledby="checks-title" aria-busy={isChecking}>
			<div className="checks-head">
				<h2 id="checks-title">{text("checks.title")}</h2>
				<Button look="quiet" size="small" isBusy={isChecking} onClick={onCheck}>
					<Icon of={RefreshCw} size={16} />
					{text("checks.again")}
				</Button>
			</div>
			<LoadingView state={checkState} />
			<ul>
				{checks.map((check) => (
					<SelfCheck key={check.id} {...check} />
				))}
			</ul>
		</section>
	);
}

const outcomes = {
	ok: { icon: Check, look: "tag-ok" },
	failed: { icon: TriangleAlert, look: "tag-bad" },
	unknown: { icon: CircleHelp, look: undefined },
} as const;

function SelfCheck({ id, outcome, detail }: WireSelfCheck) {
	const { icon, look } = outcomes[outcome];
	return (
		<li>
			<div>
				<b>{text(`checks.${id}`)}</b>
				{detail !== undefined && <small>{detail}</small>}
				{outcome === "failed" && <p>{text(`checks.${id}Remedy`)}</p>}
			</div>
			<span className={classNames("tag", look)}>
				<Icon of={icon} size={14} />
				{text(`checks.${outcome}`)}
			</span>
		</li>
	);
}

function Destinations({ destinations, now, retrying, onRetry }: AdminFederationProps) {
	if (destinations.length === 0) {
		return (
			<div className="card">
				<EmptyState icon={Globe} title={text("servers.noneTitle")} text={text("servers.noneText")} />
			</div>
		);
	}
	return (
		<div className="card table-card">
			<table className="table">
				<thead>
					<tr>
						<th scope="col">{text("servers.server")}</th>
						<th scope="col">{text("servers.state")}</th>
						<th scope="col" className="num">
							{text("servers.waiting")}
						</th>
						<th scope="col" className="num">
							{text("servers.success")}
						</th>
						<td />
					</tr>
				</thead>
				<tbody>
					{destinations.map((destination) => (
						<DestinationRow
							key={destination.serverName}
							destination={destination}
							now={now}
							isBusy={retrying === destination.serverName}
							onRetry={onRetry}
						/>
					))}
				</tbody>
			</table>
		</div>
	);
}
