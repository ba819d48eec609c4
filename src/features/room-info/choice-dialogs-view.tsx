import { useState } from "react";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { text } from "../../shared/text/text.ts";
import type { HistoryVisibility } from "./info-actions.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

const joinRules = ["invite", "knock", "public"] as const;

type JoinRule = (typeof joinRules)[number];

const settable = (joinRule: string): JoinRule => joinRules.find((known) => known === joinRule) ?? "invite";
const histories = ["shared", "invited", "joined"] as const;

/** Who may come in. */
export function JoinRuleDialog({ details, isBusy, error, onDo, onClose }: InfoDialogProps) {
	const [joinRule, setJoinRule] = useState(settable(details.joinRule));
	return (
		<FormDialog
			title={text("joinRule.title")}
			action={text("common.save")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "joinRule", joinRule })}
			onClose={onClose}
		>
			<div className="dialog-part">
				<ChoiceGroup
					label={text("joinRule.title")}
					value={joinRule}
					choices={joinRules.map((value) => ({
						value,
						label: text(`joinRule.${value}`),
						hint: text(`joinRule.${value}Hint`),
					}))}
					onChoose={setJoinRule}
				/>
			</div>
		</FormDialog>
	);
}

/** What newcomers see of what was before them. */
export function HistoryDialog({ details, isBusy, error, onDo, onClose }: InfoDialogProps) {
	const [history, setHistory] = useState<HistoryVisibility>(details.historyVisibility);
	const choices = history === "world_readable" ? (["world_readable", ...histories] as const) : histories;
	return (
		<FormDialog
			title={text("history.title")}
			lead={text("history.lead")}
			action={text("common.save")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "history", historyVisibility: history })}
			onClose={onClose}
		>
			<div className="dialog-part">
				<ChoiceGroup<HistoryVisibility>
					label={text("history.title")}
					value={history}
					choices={choices.map((value) => ({ value, label: text(`history.${value}`) }))}
					onChoose={setHistory}
				/>
			</div>
		</FormDialog>
	);
}
