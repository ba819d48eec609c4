import { useEffect, useState } from "react";
import { ownLanguage } from "../../client/assistant/own-language.ts";
import { recentMessages } from "../../client/assistant/recent-messages.ts";
import { writingWish } from "../../client/assistant/writing-wishes.ts";
import { beginWriting, type Writing } from "../../client/assistant/writings.ts";
import { drafts } from "../../client/drafts/drafts.ts";
import { noMessages, type useConsent } from "./consent-view-model.ts";
import { languageChoices, lastLanguage, noteLanguage } from "./languages.ts";

/** Does what was chosen from the menu in the composer: asks what is still to be said, and whether it may be sent. */
export function useWritingDialogs(roomId: string, { ask }: ReturnType<typeof useConsent>) {
	const [dialog, setDialog] = useState<"translate" | "draft" | undefined>();
	const begin = async (input: Exclude<Writing["input"], { kind: "draft" }>): Promise<void> => {
		const given = { ...noMessages, question: input.text };
		if (await ask(given)) beginWriting(input, given);
	};
	const draft = async (instruction: string, withMessages: boolean): Promise<void> => {
		const { windowOffset, ...recent } = withMessages ? recentMessages(roomId) : { windowOffset: 0, ...noMessages };
		const given = { ...recent, question: instruction };
		if (!(await ask(given))) return;
		const messages = given.messages.map(({ message }) => message);
		beginWriting({ kind: "draft", roomId, language: ownLanguage(), instruction, messages, windowOffset }, given);
	};
	useEffect(() =>
		writingWish.subscribe(() => {
			const wish = writingWish.get();
			if (wish?.roomId !== roomId) return;
			const { what } = wish;
			if (what === "translate" || what === "draft") setDialog(what);
			else void begin({ kind: "rewrite", roomId, language: ownLanguage(), style: what, text: writtenIn(roomId) });
		}),
	);
	return {
		dialog,
		language: {
			choices: languageChoices(),
			first: lastLanguage,
			onChoose: (language: string) => {
				noteLanguage(language);
				setDialog(undefined);
				void begin({ kind: "translate", roomId, language, text: writtenIn(roomId) });
			},
		},
		onDraft: (instruction: string, withMessages: boolean) => {
			setDialog(undefined);
			void draft(instruction, withMessages);
		},
		onClose: () => setDialog(undefined),
	};
}

function writtenIn(roomId: string): string {
	return (drafts.get().get(roomId)?.text ?? "").trim();
}
