import { isOver } from "../../client/assistant/run-state.ts";
import {
	beginWriting,
	dropWriting,
	takeWriting,
	undoWriting,
	type Writing,
	writings,
} from "../../client/assistant/writings.ts";
import { drafts } from "../../client/drafts/drafts.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { useConsent } from "./consent-view-model.ts";
import type { OfferState } from "./offer-view.tsx";
import { problemText } from "./problem-text.ts";

/** The text that the assistant offers for a composer; undefined where there is none. */
export function useOffer(roomId: string, consent: ReturnType<typeof useConsent>) {
	const writing = useObservable(writings, (all) => all.get(roomId));
	const written = useObservable(drafts, (all) => all.get(roomId)?.text ?? "");
	if (writing === undefined) return undefined;
	const state = stateOf(writing, written);
	if (state === undefined) return undefined;
	return {
		title: titleOf(writing),
		words: writing.state.text,
		state,
		onTake: () => takeWriting(roomId),
		onUndo: () => undoWriting(roomId),
		onStop: writing.stop,
		onDrop: () => dropWriting(roomId),
		/** The same once more, after the same question. */
		onRetry: () => {
			const { input, given } = writing;
			void consent.ask(given).then((isSent) => {
				if (isSent) beginWriting(input, given);
			});
		},
	};
}

/** Undoing is offered for as long as the text is as it was put in. */
function stateOf({ state, replaced }: Writing, written: string): OfferState | undefined {
	if (replaced !== undefined) return written === state.text ? { kind: "taken" } : undefined;
	if (state.phase.kind === "failed") return { kind: "failed", problem: problemText(state.phase.why) };
	if (!isOver(state)) return { kind: "writing" };
	return state.text === "" ? undefined : { kind: "ready" };
}

function titleOf({ input }: Writing): string {
	if (input.kind === "rewrite") return text(`writing.${input.style}`);
	return text(input.kind === "draft" ? "writing.drafted" : "writing.translated");
}
