import Link from "next/link";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";
import { AccountFrameView } from "./account-frame-view.tsx";

export interface SignUpFields {
	readonly name: string;
	readonly username: string;
	readonly password: string;
	readonly token: string;
}

/** What stands under a field. */
export interface FieldHint {
	readonly hint: string | undefined;
	readonly hintKind: "plain" | "ok" | "bad";
}

export type SignUpProps =
	| (Elsewhere & { readonly kind: "loading"; readonly serverName: undefined })
	| (Elsewhere & { readonly kind: "closed" | "needsLink"; readonly serverName: string })
	| (Elsewhere & { readonly kind: "failed"; readonly serverName: undefined; readonly error: string })
	| SignUpFormProps;

interface Elsewhere {
	/** The sign-in, leading to the same place. */
	readonly signInHref: string;
}

export interface SignUpFormProps extends Elsewhere {
	readonly kind: "form";
	readonly serverName: string;
	readonly isOwner: boolean;
	readonly needsToken: boolean;
	readonly fields: SignUpFields;
	readonly usernameHint: FieldHint;
	readonly passwordHint: FieldHint;
	readonly passwordMinLength: number;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onField: (name: keyof SignUpFields, value: string) => void;
	readonly onSubmit: () => void;
}

export function SignUpView(props: SignUpProps) {
	switch (props.kind) {
		case "loading":
			return (
				<AccountFrameView title={text("signUp.title")} serverName={undefined}>
					<div className="step-wait" role="status" aria-label={text("common.loading")} />
				</AccountFrameView>
			);
		case "failed":
			return (
				<AccountFrameView
					title={text("signUp.title")}
					serverName={undefined}
					foot={<SignInLink href={props.signInHref} />}
				>
					<FormError message={props.error} />
				</AccountFrameView>
			);
		case "closed":
		case "needsLink":
			return (
				<AccountFrameView
					title={text(`signUp.${props.kind}Title`)}
					lead={
						props.kind === "closed"
							? text("signUp.closedText", { server: props.serverName })
							: text("signUp.needsLinkText")
					}
					serverName={props.serverName}
					foot={<SignInLink href={props.signInHref} />}
				>
					{null}
				</AccountFrameView>
			);
		case "form":
			return <SignUpForm {...props} />;
	}
}

function SignUpForm(props: SignUpFormProps) {
	const { fields, onField } = props;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		props.onSubmit();
	};
	return (
		<AccountFrameView
			title={text(props.isOwner ? "signUp.ownerTitle" : "signUp.title")}
			lead={props.isOwner ? text("signUp.ownerLead") : undefined}
			serverName={props.serverName}
			foot={props.isOwner ? undefined : <SignInLink href={props.signInHref} />}
		>
			<form onSubmit={submit}>
				<TextField
					label={text("signUp.name")}
					name="name"
					autoComplete="name"
					autoCapitalize="words"
					required
					maxLength={120}
					value={fields.name}
					onChange={(event) => onField("name", event.target.value)}
				/>
				<TextField
					label={text("signUp.username")}
					name="username"
					autoComplete="username"
					required
					maxLength={64}
					before={<span className="affix">@</span>}
					after={<span className="affix affix-end">:{props.serverName}</span>}
					value={fields.username}
					{...props.usernameHint}
					onChange={(event) => onField("username", event.target.value)}
				/>
				<PasswordField
					label={text("signUp.password")}
					name="password"
					autoComplete="new-password"
					required
					minLength={props.passwordMinLength}
					value={fields.password}
					{...props.passwordHint}
					onChange={(event) => onField("password", event.target.value)}
				/>
				{props.needsToken && (
					<TextField
						label={text("signUp.token")}
						name="token"
						autoComplete="off"
						required
						value={fields.token}
						hint={text("signUp.tokenHint", { server: props.serverName })}
						onChange={(event) => onField("token", event.target.value)}
					/>
				)}
				<FormError message={props.error} />
				<Button type="submit" size="large" isWide isBusy={props.isBusy}>
					{text(props.isBusy ? "signUp.busy" : "signUp.submit")}
				</Button>
			</form>
		</AccountFrameView>
	);
}

function SignInLink({ href }: { readonly href: string }) {
	return (
		<>
			{text("signUp.known")}{" "}
			<Link className="text-button" href={href}>
				{text("signUp.toSignIn")}
			</Link>
		</>
	);
}
