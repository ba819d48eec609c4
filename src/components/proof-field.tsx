import "../shared/text/en/proof.ts";
import { text } from "../shared/text/text.ts";
import { FormError } from "./form-error.tsx";
import { PasswordField } from "./password-field.tsx";

export interface ProofFieldProps {
	/** undefined: not known yet. */
	readonly kind: "password" | "passkey" | "provider" | undefined;
	readonly password: string;
	/** What the identity provider is called. */
	readonly providerName: string;
	/** Whether it has just said that the person is there. */
	readonly isConfirmed: boolean;
	/** Why whoever came back from it proved nothing. */
	readonly broughtError: string | undefined;
	readonly onPassword: (password: string) => void;
	/** What the password is called; absent: "Your password". */
	readonly label?: string;
}

/** Where somebody shows that it is still they who sit here, or reads how they will be asked. */
export function ProofField({ kind, password, onPassword, label, ...provider }: ProofFieldProps) {
	switch (kind) {
		case undefined:
			return null;
		case "password":
			return (
				<PasswordField
					label={label ?? text("proof.password")}
					name="current"
					autoComplete="current-password"
					required
					value={password}
					onChange={(event) => onPassword(event.target.value)}
				/>
			);
		case "passkey":
			return <p className="hint">{text("proof.passkey")}</p>;
		case "provider":
			return <ProviderStep {...provider} />;
	}
}

function ProviderStep({
	providerName: name,
	isConfirmed,
	broughtError,
}: Pick<ProofFieldProps, "providerName" | "isConfirmed" | "broughtError">) {
	return (
		<>
			<FormError message={broughtError} />
			<p className="hint">{text(isConfirmed ? "proof.providerDone" : "proof.providerFirst", { name })}</p>
		</>
	);
}
