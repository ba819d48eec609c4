import { Briefcase, Heart, Languages, type LucideIcon, PenLine, Scissors, Sparkles, SpellCheck } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/icon-button.tsx";
import { Menu, type MenuItem } from "../../components/menu.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { RewriteStyle } from "../../shared/wire/assistant.ts";
import { rewriteStyles } from "../../shared/wire/assistant-limits.ts";

export interface WritingMenuProps {
	/** False: there is nothing to write anew. */
	readonly hasText: boolean;
	readonly onChoose: (what: RewriteStyle | "translate" | "draft") => void;
}

const icons: Readonly<Record<RewriteStyle, LucideIcon>> = {
	shorter: Scissors,
	kinder: Heart,
	formal: Briefcase,
	fix: SpellCheck,
};

/** A button in the composer, and behind it what the assistant can do with the text there. */
export function WritingMenuView(props: WritingMenuProps) {
	const [anchor, setAnchor] = useState<HTMLElement | undefined>();
	return (
		<>
			<IconButton
				icon={Sparkles}
				label={text("writing.menu")}
				aria-haspopup="menu"
				onClick={(event) => setAnchor(event.currentTarget)}
			/>
			{anchor !== undefined && (
				<Menu
					label={text("writing.menu")}
					items={itemsOf(props)}
					anchor={anchor}
					onClose={() => setAnchor(undefined)}
				/>
			)}
		</>
	);
}

function itemsOf({ hasText, onChoose }: WritingMenuProps): readonly MenuItem[] {
	if (!hasText) {
		return [{ id: "draft", icon: PenLine, label: text("writing.draft"), onChoose: () => onChoose("draft") }];
	}
	return [
		...rewriteStyles.map((style) => ({
			id: style,
			icon: icons[style],
			label: text(`writing.${style}`),
			onChoose: () => onChoose(style),
		})),
		{ id: "translate", icon: Languages, label: text("writing.translate"), onChoose: () => onChoose("translate") },
	];
}
