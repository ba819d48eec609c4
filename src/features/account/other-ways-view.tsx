import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";

/** What somebody can do instead of filling in the form. */
export function OtherWays({ children }: { readonly children: ReactNode }) {
	return (
		<div className="other-ways">
			<p className="divider-word">{text("signIn.or")}</p>
			{children}
		</div>
	);
}

export interface ProviderButtonProps {
	/** What the identity provider is called. */
	readonly name: string;
	readonly isBusy: boolean;
	readonly onClick: () => void;
}

export function ProviderButton({ name, isBusy, onClick }: ProviderButtonProps) {
	return (
		<Button look="second" size="large" isWide isBusy={isBusy} onClick={onClick}>
			<Icon of={KeyRound} size={18} />
			{text("signIn.provider", { name })}
		</Button>
	);
}
