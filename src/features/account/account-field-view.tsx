import type { ComponentProps } from "react";
import { PasswordField } from "../../components/password-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useEarlyInput } from "../../components/use-early-input.ts";
import { text } from "../../shared/text/text.ts";

/** What stands under a field. */
export interface FieldHint {
	readonly hint: string | undefined;
	readonly hintKind: "plain" | "ok" | "bad";
}

const kinds = {
	name: { label: "signUp.name", autoComplete: "name", autoCapitalize: "words", maxLength: 120 },
	username: { label: "signIn.username", autoComplete: "username webauthn" },
	newUsername: { label: "signUp.username", autoComplete: "username", maxLength: 64 },
	password: { label: "signIn.password", autoComplete: "current-password" },
	newPassword: { label: "signUp.password", autoComplete: "new-password" },
	token: { label: "signUp.token", autoComplete: "off", maxLength: 128 },
} as const;

export interface AccountFieldProps extends Partial<FieldHint>, Pick<ComponentProps<"input">, "minLength"> {
	readonly of: keyof typeof kinds;
	readonly value: string;
	/** The server that the name belongs to: stands behind a new username. */
	readonly serverName?: string;
	readonly onValue: (value: string) => void;
}

/** A field of the forms of signing in and signing up: what it is called and what browsers may fill in. */
export function AccountField({ of, serverName, onValue, ...rest }: AccountFieldProps) {
	const field = useEarlyInput(rest.value, onValue);
	const { label, ...attributes } = kinds[of];
	const Field = of === "password" || of === "newPassword" ? PasswordField : TextField;
	return (
		<Field
			label={text(label)}
			ref={field}
			name={of}
			required
			{...attributes}
			{...(serverName !== undefined && {
				before: <span className="affix">@</span>,
				after: <span className="affix affix-end">:{serverName}</span>,
			})}
			{...rest}
			onChange={(event) => onValue(event.target.value)}
		/>
	);
}
