import { Ban, Plus, ShieldCheck } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { dateText } from "../../shared/text/dates.ts";
import { text } from "../../shared/text/text.ts";
import type { WireServerRule } from "../../shared/wire/federation-calls.ts";

export interface ServerRulesProps {
	readonly rules: readonly WireServerRule[];
	readonly onAskRule: (kind: WireServerRule["kind"]) => void;
	readonly onRemoveRule: (pattern: string) => void;
}

/** The servers that this one wants nothing to do with, and those that it wants to do with alone. */
export function ServerRulesView(props: ServerRulesProps) {
	return (
		<>
			<RuleList {...props} kind="block" />
			<RuleList {...props} kind="allow" />
		</>
	);
}

const icons = { block: Ban, allow: ShieldCheck } as const;

function RuleList({ rules, kind, onAskRule, onRemoveRule }: ServerRulesProps & Pick<WireServerRule, "kind">) {
	const own = rules.filter((rule) => rule.kind === kind);
	const title = `rules-${kind}`;
	return (
		<section className="card facts checks rule-list" aria-labelledby={title}>
			<div className="checks-head">
				<h2 id={title}>{text(`serverRules.${kind}Title`)}</h2>
				<Button look="quiet" size="small" onClick={() => onAskRule(kind)}>
					<Icon of={Plus} size={16} />
					{text(`serverRules.${kind}Add`)}
				</Button>
			</div>
			<p>{text(`serverRules.${kind}Text`)}</p>
			<ul>
				{own.map((rule) => (
					<li key={rule.pattern}>
						<Icon of={icons[kind]} size={18} />
						<div>
							<b>{rule.pattern}</b>
							<small>{[rule.note, dateText(rule.createdAt)].filter(Boolean).join(" · ")}</small>
						</div>
						<Button
							look="second"
							size="small"
							aria-label={text(`serverRules.${kind}RemoveLabel`, { pattern: rule.pattern })}
							onClick={() => onRemoveRule(rule.pattern)}
						>
							{text(`serverRules.${kind}Remove`)}
						</Button>
					</li>
				))}
			</ul>
		</section>
	);
}
