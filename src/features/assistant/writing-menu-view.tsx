import { Briefcase, Heart, Languages, type LucideIcon, PenLine, Scissors, Sparkles, SpellCheck } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/icon-button.tsx";
import { Menu, type MenuItem } from "../../components/menu.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { RewriteStyle } from "../../shared/wire/assistant.ts";
import { rewriteStyles } from "../../shared/wire/assistant-limits.ts";
import { DraftDialogView } from "./draft-dialog-view.tsx";
import { LanguageDialogView } from "./language-dialog-view.tsx";
import type { LanguageChoice } from "./languages.ts";

export interface WritingMenuProps {
	/** False: there is nothing to write anew. */
	readonly hasText: boolean;
	/** What is asked first. */
	readonly dialog: "translate" | "draft" | undefined;
	readonly language: {
		readonly choices: readonly LanguageChoice[];
		/** The one that stands there at first. */
		readonly first: () => string;
		readonly onChoose: (language: string) => void;
	};
	readonly onRewrite: (style: RewriteStyle) => void;
	readonly onOpen: (dialog: "translate" | "draft") => void;
	readonly onDraft: (instruction: string, withMessages: boolean) => void;
	readonly onClose: () => void;
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
			{props.dialog === "translate" && <LanguageDialogView {...props.language} onClose={props.onClose} />}
			{props.dialog === "draft" && <DraftDialogView onDraft={props.onDraft} onClose={props.onClose} />}
		</>
	);
}

function itemsOf({ hasText, onRewrite, onOpen }: WritingMenuProps): readonly MenuItem[] {
	if (!hasText) {
		return [{ id: "draft", icon: PenLine, label: text("writing.draft"), onChoose: () => onOpen("draft") }];
	}
	return [
		...rewriteStyles.map((style) => ({
			id: style,
			icon: icons[style],
			label: text(`writing.${style}`),
			onChoose: () => onRewrite(style),
		})),
		{
			id: "translate",
			icon: Languages,
			label: text("writing.translate"),
			onChoose: () => onOpen("translate"),
		},
	];
}
