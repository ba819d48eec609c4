import { KeyRound, Lock } from "lucide-react";
import Link from "next/link";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/recovery.ts";
import { text } from "../../shared/text/text.ts";

export interface IdentityBarProps {
	readonly state: "fine" | "locked" | "backup-locked" | "replaced" | "keyless";
	readonly onLater: () => void;
}

/** The thin bar that says what this device lacks, and leads to where that is put right. */
export function IdentityBarView({ state, onLater }: IdentityBarProps) {
	if (state === "fine") return null;
	const { href, action } = ways[state];
	return (
		<section className="netbar-in" aria-label={text("identityBar.label")}>
			<Icon of={state === "keyless" ? KeyRound : Lock} size={16} />
			<span>{text(`identityBar.${state}`)}</span>
			<Link className="text-button" href={href} prefetch={false}>
				{text(action)}
			</Link>
			{state === "keyless" && (
				<button type="button" className="text-button" onClick={onLater}>
					{text("identityBar.later")}
				</button>
			)}
		</section>
	);
}

const ways = {
	locked: { href: "/unlock", action: "identityBar.approve" },
	"backup-locked": { href: "/unlock?for=backup", action: "identityBar.open" },
	replaced: { href: "/unlock?for=backup", action: "identityBar.look" },
	keyless: { href: "/recovery-key", action: "identityBar.makeKey" },
} as const;
