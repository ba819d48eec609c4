import { useState } from "react";
import { type Draft, setDraft } from "../../client/drafts/drafts.ts";
import { type Mentionable, type MentionQuery, mentionQueryAt, suggestionsFor, withMention } from "./mention-query.ts";

/** The list of people that opens behind an `@`, and what is chosen from it. */
export function useMentions(roomId: string, draft: Draft, people: readonly Mentionable[]) {
	const [caret, setCaret] = useState<number | undefined>();
	const [active, setActive] = useState(0);
	/** Where the list was closed without a choice: it stays closed for that `@`. */
	const [closedAt, setClosedAt] = useState<number | undefined>();
	const [caretAfter, setCaretAfter] = useState<{ readonly at: number } | undefined>();
	const query: MentionQuery | undefined = caret === undefined ? undefined : mentionQueryAt(draft.text, caret);
	const found = query === undefined || query.start === closedAt ? [] : suggestionsFor(query, people);
	const pick = (userId: string): void => {
		const person = found.find((one) => one.userId === userId);
		if (query === undefined || person === undefined) return;
		const chosen = withMention(draft, query, person);
		setDraft(roomId, chosen.draft);
		setCaretAfter({ at: chosen.caret });
		setCaret(undefined);
	};
	return {
		suggestions: found,
		activeSuggestion: Math.min(active, Math.max(0, found.length - 1)),
		caretAfter,
		onCaret: (at: number | undefined) => {
			setCaret(at);
			setActive(0);
			if (query === undefined) setClosedAt(undefined);
		},
		onMoveSuggestion: (step: number) => {
			if (found.length > 0) setActive((now) => (Math.min(now, found.length - 1) + step + found.length) % found.length);
		},
		onPickSuggestion: pick,
		onCloseSuggestions: () => setClosedAt(query?.start),
	};
}
