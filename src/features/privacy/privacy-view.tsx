import { ChoiceGroup } from "../../components/choice-group.tsx";
import { FormError } from "../../components/form-error.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import { text } from "../../shared/text/text.ts";
import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { type BlockedPeopleProps, BlockedPeopleView } from "./blocked-people-view.tsx";

export interface PrivacyProps {
	readonly privacy: WirePrivacy;
	/** False until the choices are here. */
	readonly isReady: boolean;
	/** Why the last choice was taken back. */
	readonly error: string | undefined;
	readonly onChange: (change: Partial<WirePrivacy>) => void;
	/** Whose invitations the person does not get. */
	readonly blocked: BlockedPeopleProps;
}

const audiences = ["everyone", "nobody"] as const;

/** What a person lets others know. */
export function PrivacyView({ privacy, isReady, error, onChange, blocked }: PrivacyProps) {
	return (
		<SettingsPage title={text("privacy.title")}>
			<FormError message={error} />
			<SettingsGroup title={text("privacy.messages")} hint={text("privacy.bothWays")}>
				<SwitchRow
					label={text("privacy.readReceipts")}
					hint={text("privacy.readReceiptsHint")}
					isOn={privacy.readReceipts}
					isDisabled={!isReady}
					onChange={(readReceipts) => onChange({ readReceipts })}
				/>
				<SwitchRow
					label={text("privacy.typing")}
					hint={text("privacy.typingHint")}
					isOn={privacy.typing}
					isDisabled={!isReady}
					onChange={(typing) => onChange({ typing })}
				/>
			</SettingsGroup>
			<SettingsGroup title={text("privacy.lastSeen")} hint={text("privacy.lastSeenHint")}>
				<ChoiceGroup
					label={text("privacy.lastSeen")}
					value={privacy.lastSeen}
					isDisabled={!isReady}
					choices={audiences.map((value) => ({
						value,
						label: text(`privacy.${value}`),
						hint: text(`privacy.${value}Hint`),
					}))}
					onChoose={(lastSeen) => onChange({ lastSeen })}
				/>
			</SettingsGroup>
			<BlockedPeopleView {...blocked} />
		</SettingsPage>
	);
}
