import { Fingerprint } from "lucide-react";
import Link from "next/link";
import { BoardCard } from "../../components/board-card.tsx";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/account.ts";
import { text } from "../../shared/text/text.ts";
import { AccountField } from "./account-field-view.tsx";
import { AccountForm } from "./account-form-view.tsx";
import { OtherWays, ProviderButton } from "./other-ways-view.tsx";

export interface SignInProps {
	readonly serverName: string | undefined;
	readonly canSignUp: boolean;
	readonly signUpHref: string;
	readonly canUsePasskeys: boolean;
	/** What the identity provider is called, where there is one. */
	readonly providerName: string | undefined;
	readonly username: string;
	readonly password: string;
	/** What is going on. */
	readonly busyWith: "password" | "passkey" | "provider" | undefined;
	readonly error: string | undefined;
	readonly onUsername: (username: string) => void;
	readonly onPassword: (password: string) => void;
	readonly onSubmit: () => void;
	readonly onPasskey: () => void;
	readonly onProvider: () => void;
}

export function SignInView(props: SignInProps) {
	return (
		<BoardCard
			title={text("signIn.title")}
			serverName={props.serverName}
			foot={props.canSignUp ? <SignUpLink href={props.signUpHref} /> : undefined}
		>
			<AccountForm
				submit={text(props.busyWith === "password" ? "signIn.busy" : "signIn.submit")}
				isBusy={props.busyWith === "password"}
				error={props.error}
				onSubmit={props.onSubmit}
			>
				<AccountField of="username" value={props.username} onValue={props.onUsername} />
				<AccountField of="password" value={props.password} onValue={props.onPassword} />
			</AccountForm>
			<OtherWaysIn {...props} />
		</BoardCard>
	);
}

function OtherWaysIn({ canUsePasskeys, providerName, busyWith, onPasskey, onProvider }: SignInProps) {
	if (!canUsePasskeys && providerName === undefined) return null;
	return (
		<OtherWays>
			{canUsePasskeys && (
				<Button look="second" size="large" isWide isBusy={busyWith === "passkey"} onClick={onPasskey}>
					<Icon of={Fingerprint} size={18} />
					{text("signIn.passkey")}
				</Button>
			)}
			{providerName !== undefined && (
				<ProviderButton name={providerName} isBusy={busyWith === "provider"} onClick={onProvider} />
			)}
		</OtherWays>
	);
}

function SignUpLink({ href }: { readonly href: string }) {
	return (
		<>
			{text("signIn.newHere")}{" "}
			<Link className="text-button" href={href}>
				{text("signIn.toSignUp")}
			</Link>
		</>
	);
}
