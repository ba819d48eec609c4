import { Check } from "lucide-react";
import { useId } from "react";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";

export type ThemeName = "tide" | "dusk" | "moss" | "harbour" | "lagoon" | "pine" | "plum" | "slate";

export interface ThemeChoiceProps {
	readonly themes: readonly ThemeName[];
	readonly value: ThemeName;
	readonly onChoose: (theme: ThemeName) => void;
}

/** The themes as small pictures of themselves, one of which is chosen. */
export function ThemeChoiceView({ themes, value, onChoose }: ThemeChoiceProps) {
	const name = useId();
	return (
		<fieldset className="themes" aria-label={text("appearance.theme")}>
			{themes.map((theme) => (
				<label className="theme" key={theme}>
					<input
						className="visually-hidden"
						type="radio"
						name={name}
						checked={theme === value}
						onChange={() => onChoose(theme)}
					/>
					<span className="theme-sample" data-chat-theme={theme} aria-hidden="true">
						<span className="theme-in" />
						<span className="theme-out" />
						<span className="theme-mark">
							<Icon of={Check} size={14} />
						</span>
					</span>
					<span className="theme-name">{text(`theme.${theme}`)}</span>
				</label>
			))}
		</fieldset>
	);
}
