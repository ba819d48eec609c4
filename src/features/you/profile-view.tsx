import { Check, Copy } from "lucide-react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";

export interface ProfileProps {
	readonly me: { readonly userId: string; readonly displayName: string; readonly serverName: string } | undefined;
	readonly isCopied: boolean;
	readonly onCopyId: () => void;
}

/** How others see the person, and the id by which they are found. */
export function ProfileView({ me, isCopied, onCopyId }: ProfileProps) {
	return (
		<SettingsPage title={text("profile.title")}>
			{me === undefined ? (
				<SkeletonRows count={1} label={text("common.loading")} />
			) : (
				<>
					<div className="profile">
						<Avatar id={me.userId} name={me.displayName} size={88} />
						<h2>{me.displayName}</h2>
						<p>{text("you.server", { server: me.serverName })}</p>
					</div>
					<SettingsGroup title={text("profile.id")} hint={text("profile.idHint")}>
						<div className="settings-row">
							<span className="settings-words">{me.userId}</span>
							<Button look="second" size="small" onClick={onCopyId}>
								<Icon of={isCopied ? Check : Copy} size={16} />
								<span aria-live="polite">{text(isCopied ? "common.copied" : "common.copy")}</span>
							</Button>
						</div>
					</SettingsGroup>
				</>
			)}
		</SettingsPage>
	);
}
