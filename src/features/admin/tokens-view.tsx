import { Link2, Plus, Ticket } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { dateText } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { WireAdminToken } from "../../shared/wire/admin-calls.ts";
import { AdminPageView, LoadingView, type LoadState } from "./admin-page-view.tsx";

export interface AdminTokensProps {
	readonly state: LoadState;
	readonly tokens: readonly WireAdminToken[];
	readonly policy: "open" | "token" | "closed" | undefined;
	readonly onAsk: () => void;
	readonly onRemove: (id: string) => void;
	readonly dialog: ReactNode;
}

/** The codes with which people may make an account. */
export function AdminTokensView(props: AdminTokensProps) {
	const { policy } = props;
	return (
		<AdminPageView
			title={text("admin.tokens")}
			lead={policy && text("tokens.policy", { policy: text(`tokens.${policy}`) })}
			action={
				<Button onClick={props.onAsk}>
					<Icon of={Plus} size={18} />
					{text("tokens.create")}
				</Button>
			}
		>
			<LoadingView state={props.state} />
			{props.state.kind === "ready" && props.tokens.length === 0 && (
				<div className="card">
					<EmptyState icon={Ticket} title={text("tokens.emptyTitle")} text={text("tokens.emptyText")} />
				</div>
			)}
			{props.tokens.length > 0 && (
				<div className="card table-card">
					<table className="table">
						<thead>
							<tr>
								<th scope="col">{text("tokens.code")}</th>
								<th scope="col" className="num">
									{text("tokens.used")}
								</th>
								<th scope="col" className="num">
									{text("tokens.ends")}
								</th>
								<td />
							</tr>
						</thead>
						<tbody>
							{props.tokens.map((token) => (
								<TokenRow key={token.id} token={token} onRemove={props.onRemove} />
							))}
						</tbody>
					</table>
				</div>
			)}
			{props.dialog}
		</AdminPageView>
	);
}

interface TokenRowProps {
	readonly token: WireAdminToken;
	readonly onRemove: (id: string) => void;
}

function TokenRow({ token, onRemove }: TokenRowProps) {
	const date = dateText(token.createdAt);
	return (
		<tr>
			<th scope="row">
				<span className="person-cell">
					<span className="line-slot">
						<Icon of={token.isInviteLink ? Link2 : Ticket} />
					</span>
					<span>
						<b>{text("tokens.made", { date })}</b>
						<small>{token.isInviteLink ? text("tokens.fromLink") : text("tokens.code")}</small>
					</span>
				</span>
			</th>
			<td className="num" data-label={text("tokens.used")}>
				{text("tokens.usedOf", { used: token.usesCount, allowed: token.usesAllowed })}
			</td>
			<td className="num" data-label={text("tokens.ends")}>
				{token.expiresAt === undefined ? text("tokens.forever") : dateText(token.expiresAt)}
			</td>
			<td className="act">
				<Button
					look="second"
					size="small"
					aria-label={text("tokens.removeLabel", { date })}
					onClick={() => onRemove(token.id)}
				>
					{text("tokens.remove")}
				</Button>
			</td>
		</tr>
	);
}
