import { ChoiceGroup } from "../../components/choice-group.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireInvitationPolicy } from "../../shared/wire/federation-calls.ts";
import { LoadingView, type LoadState } from "./admin-page-view.tsx";

export interface InvitationPolicyProps {
	readonly rulesState: LoadState;
	/** Absent until it is known. */
	readonly policy: WireInvitationPolicy | undefined;
	readonly onPolicy: (policy: WireInvitationPolicy) => void;
}

const policies = ["everyone", "known", "nobody"] as const;

/** From whom people of this server get invitations. */
export function InvitationPolicyView({ rulesState, policy, onPolicy }: InvitationPolicyProps) {
	return (
		<section className="admin-part" aria-labelledby="policy-title">
			<h2 id="policy-title">{text("policy.title")}</h2>
			<LoadingView state={rulesState} />
			{policy !== undefined && (
				<ChoiceGroup
					label={text("policy.title")}
					value={policy}
					choices={policies.map((value) => ({
						value,
						label: text(`policy.${value}`),
						hint: text(`policy.${value}Hint`),
					}))}
					onChoose={onPolicy}
				/>
			)}
		</section>
	);
}
