import { useEffect, useEffectEvent, useState } from "react";
import { beginRun, type Run } from "../../client/assistant/follow-run.ts";
import { roomNow } from "../../client/assistant/gather-messages.ts";
import { ownLanguage } from "../../client/assistant/own-language.ts";
import { isOver, newRun, type RunState } from "../../client/assistant/run-state.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import { noMessages, type useConsent } from "./consent-view-model.ts";
import { problemText } from "./problem-text.ts";

interface TranslationInput {
	readonly roomId: string;
	readonly eventId: string;
	readonly consent: ReturnType<typeof useConsent>;
	readonly onClose: () => void;
}

/** A message in the language of its reader: asked for as it opens, once the reader has said that it may be sent. */
export function useTranslation({ roomId, eventId, consent, onClose }: TranslationInput) {
	const [state, setState] = useState<RunState | undefined>();
	const [run, setRun] = useState<Run | undefined>();
	useEffect(() => () => run?.stop(), [run]);
	const begin = (words: string): void => {
		setState(newRun);
		setRun(beginRun({ kind: "translate", roomId, language: ownLanguage(), text: words }, setState));
	};
	const start = (): void => {
		const words = wordsIn(roomId, eventId);
		void consent.ask({ ...noMessages, question: words }).then((isSent) => (isSent ? begin(words) : onClose()));
	};
	// Asked for once, by being opened.
	const open = useEffectEvent(start);
	useEffect(() => open(), []);
	return (
		state && {
			words: state.text,
			isWriting: !isOver(state),
			problem: state.phase.kind === "failed" ? problemText(state.phase.why) : undefined,
			onRetry: start,
		}
	);
}

/** What the reader sees of a message. */
function wordsIn(roomId: string, eventId: string): string {
	const { timeline, history } = roomNow(roomId);
	const event = [...timeline.events, ...(history?.timeline.events ?? [])].find((one) => one.eventId === eventId);
	return (event && bodyOf(event)) ?? "";
}
