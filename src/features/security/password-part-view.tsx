import { Check } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { ProofField, type ProofFieldProps } from "../../components/proof-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

interface PasswordFields {
	readonly next: string;
	readonly endsOthers: boolean;
}

export interface PasswordPartProps {
	readonly proof: ProofFieldProps;
	readonly hasPassword: boolean;
	readonly fields: PasswordFields;
	readonly isBusy: boolean;
	readonly isDone: boolean;
	readonly error: string | undefined;
	readonly onField: (change: Partial<PasswordFields>) => void;
	readonly onSubmit: () => void;
}

export function PasswordPart({ fields, onField, ...props }: PasswordPartProps) {
	const isProviderFirst = props.proof.kind === "provider" && !props.proof.isConfirmed;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		props.onSubmit();
	};
	return (
		<SettingsGroup title={text("security.password")}>
			<form method="post" className="settings-form" onSubmit={submit}>
				<ProofField {...props.proof} label={text("security.current")} />
				{!isProviderFirst && <NewPassword fields={fields} onField={onField} />}
				<FormError message={props.error} />
				<div className="settings-actions">
					<Button type="submit" isBusy={props.isBusy}>
						{text(props.hasPassword ? "security.change" : "security.set")}
					</Button>
					<p role="status" className="hint hint-ok">
						{props.isDone && (
							<>
								<Icon of={Check} size={14} />
								{text("security.changed")}
							</>
						)}
					</p>
				</div>
			</form>
		</SettingsGroup>
	);
}

function NewPassword({ fields, onField }: Pick<PasswordPartProps, "fields" | "onField">) {
	return (
		<>
			<PasswordField
				label={text("security.new")}
				name="new"
				autoComplete="new-password"
				required
				value={fields.next}
				onChange={(event) => onField({ next: event.target.value })}
			/>
			<label className="check-line">
				<input
					className="check"
					type="checkbox"
					checked={fields.endsOthers}
					onChange={(event) => onField({ endsOthers: event.target.checked })}
				/>
				{text("security.endOthers")}
			</label>
		</>
	);
}
