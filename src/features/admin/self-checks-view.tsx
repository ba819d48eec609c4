import { Check, CircleHelp, RefreshCw, TriangleAlert } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireSelfCheck } from "../../shared/wire/federation-calls.ts";
import { LoadingView, type LoadState } from "./admin-page-view.tsx";

export interface SelfChecksProps {
	readonly checkState: LoadState;
	readonly checks: readonly WireSelfCheck[];
	readonly isChecking: boolean;
	readonly onCheck: () => void;
}

/** What this server finds when it looks at itself as another one would. */
export function SelfChecksView({ checkState, checks, isChecking, onCheck }: SelfChecksProps) {
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
				{detail !== undefined && <small>{outcome === "ok" ? detail : sentence(detail)}</small>}
				{outcome === "failed" && <p>{text(`checks.${id}Remedy`)}</p>}
			</div>
			<span className={classNames("tag", look)}>
				<Icon of={icon} size={14} />
				{text(`checks.${outcome}`)}
			</span>
		</li>
	);
}

/** What went wrong is a sentence; what was found may be a name. */
function sentence(detail: string): string {
	return `${detail.charAt(0).toUpperCase()}${detail.slice(1)}${detail.endsWith(".") ? "" : "."}`;
}
