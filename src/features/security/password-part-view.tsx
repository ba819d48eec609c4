import { Check } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

interface PasswordFields {
	readonly current: string;
	readonly next: string;
	readonly endsOthers: boolean;
}

export interface PasswordPartProps {
	readonly proofKind: "password" | "passkey" | "none";
	readonly hasPassword: boolean;
	readonly fields: PasswordFields;
	readonly isBusy: boolean;
	readonly isDone: boolean;
	readonly error: string | undefined;
	readonly onField: (change: Partial<PasswordFields>) => void;
	readonly onSubmit: () => void;
}

export function PasswordPart({ fields, onField, ...props }: PasswordPartProps) {
	const submit = (event: FormEvent) => {
		event.preventDefault();
		props.onSubmit();
	};
	return (
		<SettingsGroup
			title={text("security.password")}
			{...(props.proofKind === "passkey" && { hint: text("security.passkeyAsked") })}
		>
			<form className="settings-form" onSubmit={submit}>
				{props.hasPassword && (
					<PasswordField
						label={text("security.current")}
						name="current"
						autoComplete="current-password"
						required
						value={fields.current}
						onChange={(event) => onField({ current: event.target.value })}
					/>
				)}
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
