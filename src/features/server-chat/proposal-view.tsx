import { ShieldAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { OneAnswerActions } from "./answer-actions.ts";
import type { ShownProposal } from "./show-proposal.ts";

interface ProposalProps extends OneAnswerActions {
	readonly proposal: ShownProposal;
}

/** What would be done, with its consequences: nothing is before the person says so. */
export function ProposalView({ id, proposal, onConfirm, onDrop }: ProposalProps) {
	const { title, line, words, until, action, state } = proposal;
	const cancel = useRef<HTMLButtonElement>(null);
	const isOpen = state === "open";
	// The way out, so that a key that is pressed once too often does no harm.
	useEffect(() => {
		if (isOpen) cancel.current?.focus();
	}, [isOpen]);
	return (
		<section className="console-proposal" aria-label={title}>
			<h2>
				<Icon of={ShieldAlert} size={18} />
				<span dir="auto">{title}</span>
			</h2>
			<p>
				{text("proposal.command")} <code>{line}</code>
			</p>
			<p>{words.join(" ")}</p>
			{state === "dropped" ? (
				<p className="console-note">{text("proposal.dropped")}</p>
			) : (
				<div className="console-actions">
					<Button look="second" ref={cancel} onClick={() => onDrop(id)}>
						{text("common.cancel")}
					</Button>
					<Button look="danger" isBusy={state === "confirming"} onClick={() => onConfirm(id)}>
						{action}
					</Button>
					<small>{until}</small>
				</div>
			)}
		</section>
	);
}
