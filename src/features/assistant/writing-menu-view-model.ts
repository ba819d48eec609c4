import { useState } from "react";
import { ownLanguage } from "../../client/assistant/own-language.ts";
import { recentMessages } from "../../client/assistant/recent-messages.ts";
import { beginWriting, type Writing } from "../../client/assistant/writings.ts";
import { drafts } from "../../client/drafts/drafts.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import type { RewriteStyle } from "../../shared/wire/assistant.ts";
import { noMessages, type useConsent } from "./consent-view-model.ts";
import { languageChoices, lastLanguage, noteLanguage } from "./languages.ts";

/** What is asked before something is written. */
export type WritingDialog = "translate" | "draft";

/** What the assistant can do with what stands in a composer, or for an empty one. */
export function useWritingMenu(roomId: string, consent: ReturnType<typeof useConsent>) {
	const written = useObservable(drafts, (all) => all.get(roomId)?.text ?? "").trim();
	const [dialog, setDialog] = useState<WritingDialog | undefined>();
	const begin = async (input: Writing["input"], question: string): Promise<void> => {
		const given = { ...noMessages, question };
		if (await consent.ask(given)) beginWriting(input, given);
	};
	const draft = async (instruction: string, withMessages: boolean): Promise<void> => {
		const { windowOffset, ...recent } = withMessages ? recentMessages(roomId) : { windowOffset: 0, ...noMessages };
		const given = { ...recent, question: instruction };
		if (!(await consent.ask(given))) return;
		const messages = given.messages.map(({ message }) => message);
		beginWriting({ kind: "draft", roomId, language: ownLanguage(), instruction, messages, windowOffset }, given);
	};
	return {
		hasText: written !== "",
		onRewrite: (style: RewriteStyle) =>
			void begin({ kind: "rewrite", roomId, language: ownLanguage(), style, text: written }, written),
		onOpen: setDialog,
		dialog,
		language: {
			choices: languageChoices(),
			first: lastLanguage,
			onChoose: (language: string) => {
				noteLanguage(language);
				setDialog(undefined);
				void begin({ kind: "translate", roomId, language, text: written }, written);
			},
		},
		onDraft: (instruction: string, withMessages: boolean) => {
			setDialog(undefined);
			void draft(instruction, withMessages);
		},
		onClose: () => setDialog(undefined),
	};
}
