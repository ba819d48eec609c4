import { Fingerprint, KeyRound, RectangleEllipsis } from "lucide-react";
import Link from "next/link";
import { BoardCard } from "../../components/board-card.tsx";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/account.ts";
import { text } from "../../shared/text/text.ts";
import { AccountField, type FieldHint } from "./account-field-view.tsx";
import { AccountForm } from "./account-form-view.tsx";
import { OtherWays, ProviderButton } from "./other-ways-view.tsx";

export interface SignUpFields {
	readonly name: string;
	readonly username: string;
	readonly password: string;
	readonly token: string;
}

export type SignUpProps =
	| (Elsewhere & { readonly kind: "loading"; readonly serverName: undefined })
	| (Elsewhere & { readonly kind: "closed" | "needsLink"; readonly serverName: string })
	| (Elsewhere & { readonly kind: "expired"; readonly serverName: string; readonly providerName: string })
	| (Elsewhere & { readonly kind: "failed"; readonly serverName: undefined; readonly error: string })
	| SignUpFormProps;

interface Elsewhere {
	/** The sign-in, leading to the same place. */
	readonly signInHref: string;
}

export interface SignUpFormProps extends Elsewhere {
	readonly kind: "form";
	readonly serverName: string;
	/** How the person will sign in; `provider`: the way they came. */
	readonly way: "passkey" | "password" | "provider";
	readonly hasPasskeys: boolean;
	readonly providerName: string;
	readonly isOwner: boolean;
	readonly needsToken: boolean;
	readonly fields: SignUpFields;
	readonly usernameHint: FieldHint;
	readonly passwordHint: FieldHint;
	readonly passwordMinLength: number;
	readonly busyWith: "form" | "provider" | undefined;
	readonly error: string | undefined;
	readonly onWay: (way: "passkey" | "password") => void;
	readonly onField: (name: keyof SignUpFields, value: string) => void;
	readonly onProvider: () => void;
	readonly onSubmit: () => void;
}

export function SignUpView(props: SignUpProps) {
	switch (props.kind) {
		case "loading":
			return (
				<BoardCard title={text("signUp.title")} serverName={undefined}>
					<div className="step-wait" role="status" aria-label={text("common.loading")} />
				</BoardCard>
			);
		case "failed":
			return (
				<BoardCard title={text("signUp.title")} serverName={undefined} foot={<SignInLink href={props.signInHref} />}>
					<FormError message={props.error} />
				</BoardCard>
			);
		case "closed":
		case "needsLink":
			return (
				<BoardCard
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
				</BoardCard>
			);
		case "expired":
			return (
				<BoardCard
					title={text("signUp.expiredTitle")}
					lead={text("signUp.expiredText", { name: props.providerName })}
					serverName={props.serverName}
					foot={<SignInLink href={props.signInHref} />}
				>
					{null}
				</BoardCard>
			);
		case "form":
			return <SignUpForm {...props} />;
	}
}

function SignUpForm(props: SignUpFormProps) {
	const { fields, onField } = props;
	return (
		<BoardCard
			title={text(props.isOwner ? "signUp.ownerTitle" : "signUp.title")}
			lead={props.isOwner ? text("signUp.ownerLead") : undefined}
			serverName={props.serverName}
			foot={props.isOwner ? undefined : <SignInLink href={props.signInHref} />}
		>
			<AccountForm
				submit={text(props.busyWith === "form" ? "signUp.busy" : "signUp.submit")}
				isBusy={props.busyWith === "form"}
				error={props.error}
				onSubmit={props.onSubmit}
			>
				<AccountField of="name" value={fields.name} onValue={(value) => onField("name", value)} />
				<AccountField
					of="newUsername"
					serverName={props.serverName}
					value={fields.username}
					{...props.usernameHint}
					onValue={(value) => onField("username", value)}
				/>
				<WayIn {...props} />
				{props.needsToken && (
					<AccountField
						of="token"
						value={fields.token}
						hint={text("signUp.tokenHint", { server: props.serverName })}
						onValue={(value) => onField("token", value)}
					/>
				)}
			</AccountForm>
			{props.providerName !== "" && props.way !== "provider" && (
				<OtherWays>
					<ProviderButton name={props.providerName} isBusy={props.busyWith === "provider"} onClick={props.onProvider} />
				</OtherWays>
			)}
		</BoardCard>
	);
}

function WayIn(props: SignUpFormProps) {
	if (props.way === "provider") {
		return (
			<p className="way-in">
				<Icon of={KeyRound} />
				{text("signUp.provider", { name: props.providerName })}
			</p>
		);
	}
	return (
		<>
			{props.hasPasskeys && (
				<div className="field">
					<p className="label">{text("signUp.way")}</p>
					<ChoiceGroup
						label={text("signUp.way")}
						value={props.way}
						choices={[
							{ value: "passkey", label: text("signUp.passkey"), hint: text("signUp.passkeyHint"), icon: Fingerprint },
							{
								value: "password",
								label: text("signUp.password"),
								hint: text("signUp.passwordHint", { count: props.passwordMinLength }),
								icon: RectangleEllipsis,
							},
						]}
						onChoose={props.onWay}
					/>
				</div>
			)}
			{props.way === "password" && (
				<AccountField
					of="newPassword"
					minLength={props.passwordMinLength}
					value={props.fields.password}
					{...props.passwordHint}
					onValue={(value) => props.onField("password", value)}
				/>
			)}
		</>
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
