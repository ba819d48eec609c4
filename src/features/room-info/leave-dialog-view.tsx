import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

export interface LeaveDialogProps extends InfoDialogProps {
	readonly isLastOwner: boolean;
	readonly onHandOver: () => void;
}

/** Leaving, with what it means; whoever owns the room alone is told what becomes of it. */
export function LeaveDialog(props: LeaveDialogProps) {
	const { details, roomName: name, isLastOwner, isBusy, error, onDo, onClose, onHandOver } = props;
	const [forgets, setForgets] = useState(false);
	return (
		<FormDialog
			title={text("info.leaveTitle", { name })}
			lead={text(details.joinRule === "public" ? "info.leavePublicText" : "info.leaveText")}
			action={text("info.leave")}
			look="danger"
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "leave", forgets })}
			onClose={onClose}
		>
			{isLastOwner && (
				<div className="warning" role="note">
					<Icon of={TriangleAlert} />
					<div>
						<b>{text("info.lastOwnerTitle")}</b>
						<p>{text("info.lastOwnerText")}</p>
						<Button look="second" size="small" onClick={onHandOver}>
							{text("info.handOver")}
						</Button>
					</div>
				</div>
			)}
			<CheckboxField
				label={text("info.forget")}
				hint={text("info.forgetHint")}
				isChecked={forgets}
				onCheck={setForgets}
			/>
		</FormDialog>
	);
}
