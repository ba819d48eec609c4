import { Check, Hourglass, RefreshCw } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import { listTime } from "../../shared/text/dates.ts";
import { countText } from "../../shared/text/figures.ts";
import { text } from "../../shared/text/text.ts";
import type { WireDestination } from "../../shared/wire/federation-calls.ts";

export interface DestinationRowProps {
	readonly destination: WireDestination;
	readonly now: number;
	readonly isBusy: boolean;
	readonly onRetry: (serverName: string) => void;
}

const looks = {
	healthy: { icon: Check, look: "tag-ok" },
	retrying: { icon: Hourglass, look: "tag-bad" },
	catchingUp: { icon: RefreshCw, look: "tag-info" },
} as const;

/** A row of the table, which is a card on a phone. */
export function DestinationRow({ destination, now, isBusy, onRetry }: DestinationRowProps) {
	const { serverName, state, queueLength, retryAt, lastSuccessAt, failingSince, lastError } = destination;
	const { icon, look } = looks[state];
	const minutes = retryAt === undefined ? 0 : Math.max(0, Math.ceil((retryAt - now) / 60_000));
	return (
		<tr>
			<th scope="row">
				<span className="server-cell">
					<b>{serverName}</b>
					{lastError !== undefined && <small>{lastError}</small>}
				</span>
			</th>
			<td className="state-cell">
				<span className={classNames("tag", look)}>
					<Icon of={icon} size={14} />
					{text(`servers.${state}`)}
				</span>
				{state === "retrying" && (
					<small>
						{failingSince !== undefined && text("servers.since", { time: listTime(failingSince, now) })}{" "}
						{minutes === 0 ? text("servers.soon") : text("servers.next", { count: minutes })}
					</small>
				)}
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
			</td>
		</tr>
	);
}
