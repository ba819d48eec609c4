import Link from "next/link";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";
import { AccountFrameView } from "./account-frame-view.tsx";

export interface SignInProps {
	readonly serverName: string | undefined;
	readonly canSignUp: boolean;
	readonly signUpHref: string;
	readonly username: string;
	readonly password: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onUsername: (username: string) => void;
	readonly onPassword: (password: string) => void;
	readonly onSubmit: () => void;
}

export function SignInView(props: SignInProps) {
	const submit = (event: FormEvent) => {
		event.preventDefault();
		props.onSubmit();
	};
	return (
		<AccountFrameView
			title={text("signIn.title")}
			serverName={props.serverName}
			foot={
				props.canSignUp && (
					<>
						{text("signIn.newHere")}{" "}
						<Link className="text-button" href={props.signUpHref}>
							{text("signIn.toSignUp")}
						</Link>
					</>
				)
			}
		>
			<form onSubmit={submit}>
				<TextField
					label={text("signIn.username")}
					name="username"
					autoComplete="username"
					required
					value={props.username}
					onChange={(event) => props.onUsername(event.target.value)}
				/>
				<PasswordField
					label={text("signIn.password")}
					name="password"
					autoComplete="current-password"
					required
					value={props.password}
					onChange={(event) => props.onPassword(event.target.value)}
				/>
				<FormError message={props.error} />
				<Button type="submit" size="large" isWide isBusy={props.isBusy}>
					{text(props.isBusy ? "signIn.busy" : "signIn.submit")}
				</Button>
			</form>
		</AccountFrameView>
	);
}
