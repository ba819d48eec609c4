import { ownLanguage } from "../../client/assistant/own-language.ts";

export interface LanguageChoice {
	readonly value: string;
	readonly label: string;
}

const offered = [
	...["ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko"],
	...["nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh"],
];

/** Languages to translate into, by their names as the reader knows them. */
export function languageChoices(): readonly LanguageChoice[] {
	const names = new Intl.DisplayNames(undefined, { type: "language" });
	const values = [...new Set([...offered, ownCode()])];
	return values
		.map((value) => ({ value, label: names.of(value) ?? value }))
		.sort((one, other) => one.label.localeCompare(other.label));
}

let last: string | undefined;

/** The language that was chosen last on this page; before that, the reader's own. */
export function lastLanguage(): string {
	return last ?? ownCode();
}

export function noteLanguage(language: string): void {
	last = language;
}

function ownCode(): string {
	return ownLanguage().split("-")[0] ?? "en";
}
