import { Ban, Globe } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireDestination, WireServerRule } from "../../shared/wire/federation-calls.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";
import { DestinationRow } from "./destination-row-view.tsx";
import { type InvitationPolicyProps, InvitationPolicyView } from "./invitation-policy-view.tsx";
import { type PresenceSharingProps, PresenceSharingView } from "./presence-sharing-view.tsx";
import { type SelfChecksProps, SelfChecksView } from "./self-checks-view.tsx";
import { ServerRulesView } from "./server-rules-view.tsx";

export interface AdminFederationProps extends SelfChecksProps, InvitationPolicyProps, PresenceSharingProps {
	readonly state: LoadState;
	readonly destinations: readonly WireDestination[];
	readonly rules: readonly WireServerRule[];
	readonly retrying: string | undefined;
	readonly error: string | undefined;
	readonly now: number;
	readonly onRetry: (serverName: string) => void;
	readonly onAskRule: (kind: WireServerRule["kind"], pattern?: string) => void;
	readonly onRemoveRule: (pattern: string) => void;
	readonly dialog: ReactNode;
}

/** How others reach this server, how it reaches others, and with whom it wants to do. */
export function AdminFederationView(props: AdminFederationProps) {
	return (
		<AdminPageView
			title={text("admin.federation")}
			lead={text("servers.lead")}
			action={
				<Button look="second" onClick={() => props.onAskRule("block")}>
					<Icon of={Ban} size={18} />
					{text("serverRules.block")}
				</Button>
			}
		>
			<FormError message={props.error} />
			<SelfChecksView {...props} />
			<section className="admin-part" aria-labelledby="servers-title">
				<h2 id="servers-title">{text("servers.title")}</h2>
				<LoadingView state={props.state} />
				{props.state.kind === "ready" && <Destinations {...props} />}
			</section>
			<InvitationPolicyView {...props} />
			<PresenceSharingView {...props} />
			{props.rulesState.kind === "ready" && <ServerRulesView {...props} />}
			{props.dialog}
		</AdminPageView>
	);
}

function Destinations({ destinations, rules, now, retrying, onRetry, onAskRule, onRemoveRule }: AdminFederationProps) {
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
							onBlock={(serverName) => onAskRule("block", serverName)}
							onUnblock={ownRuleOf(destination, rules, onRemoveRule)}
						/>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** A server that a rule of its own shuts out is let in again at its row; one that a glob shuts out, at the list. */
function ownRuleOf(
	{ serverName }: WireDestination,
	rules: readonly WireServerRule[],
	onRemoveRule: (pattern: string) => void,
): (() => void) | undefined {
	const host = serverName.toLowerCase().replace(/:\d+$/, "");
	const own = rules.find(({ kind, pattern }) => kind === "block" && pattern === host);
	return own && (() => onRemoveRule(own.pattern));
}
