import { X } from "lucide-react";
import Link from "next/link";
import { FormDialog } from "../../components/form-dialog.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import "../../shared/text/en/finding.ts";
import { text } from "../../shared/text/text.ts";

export interface MeaningSettingsProps {
	/** The person's server. */
	readonly host: string;
	readonly isOn: boolean;
	readonly chats: readonly { readonly roomId: string; readonly name: string; readonly href: string }[];
	/** What allowing it means is being read. */
	readonly isAsking: boolean;
	readonly onAsk: () => void;
	readonly onCancel: () => void;
	readonly onAllow: () => void;
	/** Takes it back, for all chats or one. */
	readonly onStop: () => void;
	readonly onRemove: (roomId: string) => void;
}

/** Whether the person's server may read chats for what messages mean, and which. */
export function MeaningSettingsView(props: MeaningSettingsProps) {
	const { host, isOn, chats, isAsking, onAsk, onCancel, onAllow, onStop, onRemove } = props;
	return (
		<SettingsGroup title={text("finding.title")} hint={text("finding.hint")}>
			<SwitchRow
				label={text("finding.switch", { host })}
				hint={wordsOf(isOn, chats.length)}
				isOn={isOn}
				onChange={(isWanted) => (isWanted ? onAsk() : onStop())}
			/>
			{chats.length > 0 && (
				<ul className="settings-rows" aria-label={text("finding.chats")}>
					{chats.map(({ roomId, name, href }) => (
						<li className="settings-row" key={roomId}>
							<span className="settings-words">
								<Link href={href} dir="auto">
									{name}
								</Link>
							</span>
							<IconButton icon={X} label={text("finding.remove", { name })} onClick={() => onRemove(roomId)} />
						</li>
					))}
				</ul>
			)}
			{isAsking && (
				<FormDialog
					title={text("finding.switchTitle", { host })}
					lead={text("finding.switchLead")}
					action={text("finding.switchGo")}
					isBusy={false}
					onSubmit={onAllow}
					onClose={onCancel}
				>
					<ul className="explain">
						<li>{text("finding.switch1", { host })}</li>
						<li>{text("finding.keeps", { host })}</li>
						<li>{text("finding.comesBack")}</li>
						<li>{text("finding.policy")}</li>
					</ul>
				</FormDialog>
			)}
		</SettingsGroup>
	);
}

function wordsOf(isOn: boolean, count: number): string {
	if (!isOn) return text("finding.off");
	return count === 0 ? text("finding.none") : text("finding.on", { count });
}
