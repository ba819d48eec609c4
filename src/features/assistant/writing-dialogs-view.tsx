import { DraftDialogView } from "./draft-dialog-view.tsx";
import { LanguageDialogView } from "./language-dialog-view.tsx";
import type { LanguageChoice } from "./languages.ts";

export interface WritingDialogsProps {
	/** What is asked first. */
	readonly dialog: "translate" | "draft" | undefined;
	readonly language: {
		readonly choices: readonly LanguageChoice[];
		/** The one that stands there at first. */
		readonly first: () => string;
		readonly onChoose: (language: string) => void;
	};
	readonly onDraft: (instruction: string, withMessages: boolean) => void;
	readonly onClose: () => void;
}

/** What is asked before the assistant translates or drafts. */
export function WritingDialogsView({ dialog, language, onDraft, onClose }: WritingDialogsProps) {
	if (dialog === "translate") return <LanguageDialogView {...language} onClose={onClose} />;
	return dialog === "draft" && <DraftDialogView onDraft={onDraft} onClose={onClose} />;
}
