import { Ban, Check, Hourglass, RefreshCw, ShieldCheck } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import type { MenuItem } from "../../components/menu.tsx";
import { MenuButton } from "../../components/menu-button.tsx";
import { listTime } from "../../shared/text/dates.ts";
import { countText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { WireDestination } from "../../shared/wire/federation-calls.ts";

export interface DestinationRowProps {
	readonly destination: WireDestination;
	readonly now: number;
	readonly isBusy: boolean;
	readonly onRetry: (serverName: string) => void;
	readonly onBlock: (serverName: string) => void;
	/** Absent: no rule of its own shuts it out. */
	readonly onUnblock: (() => void) | undefined;
}

const looks = {
	healthy: { icon: Check, look: "tag-ok" },
	retrying: { icon: Hourglass, look: "tag-bad" },
	catchingUp: { icon: RefreshCw, look: "tag-info" },
	blocked: { icon: Ban, look: undefined },
} as const;

/** A row of the table, which is a card on a phone. */
export function DestinationRow(props: DestinationRowProps) {
	const { destination, now, isBusy, onRetry } = props;
	const { serverName, state, queueLength, lastSuccessAt } = destination;
	const { icon, look } = looks[state];
	return (
		<tr>
			<th scope="row">
				<span className="server-cell">
					<b>{serverName}</b>
				</span>
			</th>
			<td className="state-cell">
				<span className={classNames("tag", look)}>
					<Icon of={icon} size={14} />
					{text(`servers.${state}`)}
				</span>
				<StateWords destination={destination} now={now} />
			</td>
			<td className="num" data-label={text("servers.waiting")}>
				{countText(queueLength)}
			</td>
			<td className="num" data-label={text("servers.success")}>
				{lastSuccessAt === undefined ? text("servers.never") : listTime(lastSuccessAt, now)}
			</td>
			<td className="act">
				{state === "retrying" && (
					<Button
						look="second"
						size="small"
						isBusy={isBusy}
						aria-label={text("servers.retryLabel", { server: serverName })}
						onClick={() => onRetry(serverName)}
					>
						{text("servers.retry")}
					</Button>
				)}
				<ServerMenu {...props} />
			</td>
		</tr>
	);
}

function StateWords({ destination, now }: Pick<DestinationRowProps, "destination" | "now">) {
	const { state, retryAt, failingSince, problem, lastError, catchUp } = destination;
	if (state === "catchingUp" && catchUp !== undefined) {
		return (
			<span className="catch-up">
				<progress aria-hidden="true" max={catchUp.total} value={catchUp.done} />
				<small>{text("servers.catchUp", { done: countText(catchUp.done), total: countText(catchUp.total) })}</small>
			</span>
		);
	}
	if (state === "blocked") return <small>{text("servers.blockedText")}</small>;
	if (state !== "retrying") return null;
	const minutes = retryAt === undefined ? 0 : Math.max(0, Math.ceil((retryAt - now) / 60_000));
	const words = [
		problem === undefined ? lastError : text(`problem.${problem}`),
		failingSince !== undefined && text("servers.since", { time: listTime(failingSince, now) }),
		minutes === 0 ? text("servers.soon") : text("servers.next", { count: minutes }),
	];
	return <small title={lastError}>{words.filter(Boolean).join(" ")}</small>;
}

function ServerMenu({ destination: { serverName, state }, onBlock, onUnblock }: DestinationRowProps) {
	const items: readonly MenuItem[] =
		state !== "blocked"
			? [
					{
						id: "block",
						icon: Ban,
						label: text("serverRules.blockThis"),
						isDanger: true,
						onChoose: () => onBlock(serverName),
					},
				]
			: onUnblock === undefined
				? []
				: [{ id: "unblock", icon: ShieldCheck, label: text("serverRules.blockRemove"), onChoose: onUnblock }];
	if (items.length === 0) return null;
	return <MenuButton label={text("servers.menu", { server: serverName })} head={serverName} items={items} />;
}
