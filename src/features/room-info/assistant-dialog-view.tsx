import { useState } from "react";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { text } from "../../shared/text/text.ts";
import { AssistantMemberView } from "./assistant-member-view.tsx";
import type { AssistantChoice, MemberChoices } from "./info-actions.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

const choices: readonly AssistantChoice[] = ["off", "personal", "bot"];

const nothing: MemberChoices = { digest: undefined, isGreeting: false };

/** Whether what is written in a room may be given to the assistant. */
export function AssistantDialog({ assistant, isBusy, error, onDo, onClose }: InfoDialogProps) {
	const [policy, setPolicy] = useState(assistant?.choice ?? "off");
	const [asMember, setAsMember] = useState(assistant?.asMember ?? nothing);
	const host = assistant?.host ?? "";
	const offered = choices.filter((choice) => choice !== "bot" || assistant?.hasBot === true);
	return (
		<FormDialog
			title={text("allowed.title")}
			lead={text(policy === "bot" ? "allowed.botLead" : "allowed.lead", { host })}
			action={text("common.save")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "assistant", policy, asMember })}
			onClose={onClose}
		>
			<div className="dialog-part">
				<ChoiceGroup
					label={text("allowed.title")}
					value={policy}
					choices={offered.map((value) => ({
						value,
						label: text(`allowed.${value}`),
						hint: text(`allowed.${value}Hint`),
					}))}
					onChoose={setPolicy}
				/>
			</div>
			{policy === "bot" && <AssistantMemberView choices={asMember} onChoose={setAsMember} />}
			<ul className="explain">
				{assistant?.isEncrypted === true && (
					<li>{text(policy === "bot" ? "allowed.botSealed" : "allowed.sealed", { host })}</li>
				)}
				{policy === "bot" && <li>{text("allowed.botLocal", { host })}</li>}
				<li>{text("allowed.elsewhere")}</li>
			</ul>
		</FormDialog>
	);
}
