import { UserX } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { Icon } from "../../components/icon.tsx";
import { ProofField, type ProofFieldProps } from "../../components/proof-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export interface DeactivationPartProps {
	readonly proof: ProofFieldProps;
	readonly isOwner: boolean;
	readonly isAsking: boolean;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onAsk: () => void;
	readonly onClose: () => void;
	readonly onConfirm: () => void;
}

export function DeactivationPart(props: DeactivationPartProps) {
	return (
		<SettingsGroup title={text("security.deactivate")} hint={text("security.deactivateHint")}>
			{props.isOwner ? (
				<p className="settings-none">{text("security.ownerStays")}</p>
			) : (
				<Button look="danger-quiet" size="large" isWide onClick={props.onAsk}>
					<Icon of={UserX} size={18} />
					{text("security.deactivateAction")}
				</Button>
			)}
			{props.isAsking && <DeactivationDialog {...props} />}
		</SettingsGroup>
	);
}

function DeactivationDialog(props: DeactivationPartProps) {
	return (
		<FormDialog
			title={text("security.deactivateTitle")}
			lead={text("security.deactivateText")}
			action={text("security.deactivateAction")}
			look="danger"
			isBusy={props.isBusy}
			error={props.error}
			onSubmit={props.onConfirm}
			onClose={props.onClose}
		>
			<ProofField {...props.proof} />
		</FormDialog>
	);
}
