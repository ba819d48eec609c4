import { UserX } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { Modal } from "../../components/modal.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export interface DeactivationPartProps {
	readonly proofKind: "password" | "passkey" | "none";
	readonly isOwner: boolean;
	readonly isAsking: boolean;
	readonly password: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onPassword: (password: string) => void;
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
	const submit = (event: FormEvent) => {
		event.preventDefault();
		props.onConfirm();
	};
	return (
		<Modal className="dialog" label={text("security.deactivateTitle")} onClose={props.onClose}>
			<form className="sheet sheet-body" onSubmit={submit}>
				<h2>{text("security.deactivateTitle")}</h2>
				<p className="lead">{text("security.deactivateText")}</p>
				{props.proofKind === "password" && (
					<PasswordField
						label={text("security.current")}
						name="current"
						autoComplete="current-password"
						required
						value={props.password}
						onChange={(event) => props.onPassword(event.target.value)}
					/>
				)}
				<FormError message={props.error} />
				<div className="sheet-actions">
					<Button look="second" onClick={props.onClose}>
						{text("common.cancel")}
					</Button>
					<Button look="danger" type="submit" isBusy={props.isBusy}>
						{text("security.deactivateAction")}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
