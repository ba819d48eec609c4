import { Monitor, Moon, Sun } from "lucide-react";
import { ChoiceGroup } from "../../components/choice-group.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import { text } from "../../shared/text/text.ts";
import { ChatSampleView } from "./chat-sample-view.tsx";
import { ThemeChoiceView, type ThemeName } from "./theme-choice-view.tsx";

type Mode = "system" | "light" | "dark";
type MessageSize = 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20;

interface Look {
	readonly mode: Mode;
	readonly theme: ThemeName;
	readonly messageSize: MessageSize;
	readonly isCompact: boolean;
	readonly isStill: boolean;
}

export interface AppearanceProps {
	readonly look: Look;
	readonly modes: readonly Mode[];
	readonly themes: readonly ThemeName[];
	readonly messageSizes: readonly MessageSize[];
	readonly onChange: (change: Partial<Look>) => void;
}

const modeIcons = { system: Monitor, light: Sun, dark: Moon } as const;

/** How Kith looks on this device. */
export function AppearanceView({ look, modes, themes, messageSizes, onChange }: AppearanceProps) {
	return (
		<SettingsPage title={text("appearance.title")}>
			<SettingsGroup title={text("appearance.mode")} hint={text("appearance.device")}>
				<ChoiceGroup
					label={text("appearance.mode")}
					isInRow
					value={look.mode}
					choices={modes.map((mode) => ({ value: mode, label: text(`appearance.${mode}`), icon: modeIcons[mode] }))}
					onChoose={(mode) => onChange({ mode })}
				/>
			</SettingsGroup>
			<SettingsGroup title={text("appearance.theme")}>
				<ChatSampleView />
				<ThemeChoiceView themes={themes} value={look.theme} onChoose={(theme) => onChange({ theme })} />
			</SettingsGroup>
			<SettingsGroup title={text("appearance.size")}>
				<MessageSizeField value={look.messageSize} sizes={messageSizes} onChange={onChange} />
			</SettingsGroup>
			<SettingsGroup title={text("common.more")}>
				<SwitchRow
					label={text("appearance.compact")}
					hint={text("appearance.compactHint")}
					isOn={look.isCompact}
					onChange={(isCompact) => onChange({ isCompact })}
				/>
				<SwitchRow
					label={text("appearance.still")}
					hint={text("appearance.stillHint")}
					isOn={look.isStill}
					onChange={(isStill) => onChange({ isStill })}
				/>
			</SettingsGroup>
		</SettingsPage>
	);
}

interface MessageSizeProps {
	readonly value: MessageSize;
	readonly sizes: readonly MessageSize[];
	readonly onChange: AppearanceProps["onChange"];
}

function MessageSizeField({ value, sizes, onChange }: MessageSizeProps) {
	return (
		<div className="size-field">
			<span className="size-small" aria-hidden="true">
				{text("appearance.letter")}
			</span>
			<input
				type="range"
				className="range"
				aria-label={text("appearance.size")}
				aria-valuetext={text("appearance.sizeValue", { size: value })}
				min={sizes[0]}
				max={sizes.at(-1)}
				step={1}
				value={value}
				onChange={(event) => {
					const chosen = sizes.find((size) => size === Number(event.currentTarget.value));
					if (chosen !== undefined) onChange({ messageSize: chosen });
				}}
			/>
			<span className="size-large" aria-hidden="true">
				{text("appearance.letter")}
			</span>
			<output className="size-value">{value}</output>
		</div>
	);
}
