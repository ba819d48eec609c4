import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { text } from "../../shared/text/text.ts";
import type { LanguageChoice } from "./languages.ts";

interface LanguageDialogProps {
	readonly choices: readonly LanguageChoice[];
	/** The one that stands there at first. */
	readonly first: () => string;
	readonly onChoose: (language: string) => void;
	readonly onClose: () => void;
}

/** Into which language a text is translated. */
export function LanguageDialogView({ choices, first, onChoose, onClose }: LanguageDialogProps) {
	const [language, setLanguage] = useState(first);
	return (
		<FormDialog
			title={text("writing.translateTitle")}
			action={text("writing.translateGo")}
			isBusy={false}
			onSubmit={() => onChoose(language)}
			onClose={onClose}
		>
			<SelectField label={text("writing.language")} value={language} options={choices} onChoose={setLanguage} />
		</FormDialog>
	);
}
