import { Monitor, Moon, Sun } from "lucide-react";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export interface AppearanceProps {
	readonly look: Look;
	readonly onChange: (change: Partial<Look>) => void;
}

interface Look {
	readonly mode: keyof typeof modeIcons;
}

const modeIcons = { system: Monitor, light: Sun, dark: Moon } as const;
const modes = ["system", "light", "dark"] as const;

/** How Kith looks on this device. */
export function AppearanceView({ look, onChange }: AppearanceProps) {
	return (
		<SettingsPage title={text("appearance.title")}>
			<SettingsGroup title={text("appearance.mode")}>
				<ChoiceGroup
					label={text("appearance.mode")}
					value={look.mode}
					choices={modes.map((mode) => ({ value: mode, label: text(`appearance.${mode}`), icon: modeIcons[mode] }))}
					onChoose={(mode) => onChange({ mode })}
				/>
			</SettingsGroup>
		</SettingsPage>
	);
}
