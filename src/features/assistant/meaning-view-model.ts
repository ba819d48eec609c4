import { useEffect, useEffectEvent } from "react";
import { heldMessages } from "../../client/assistant/gather-messages.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { meaning } from "../../client/meaning/meaning-state.ts";
import { pauseMeaning, readMeaning } from "../../client/meaning/read-meaning.ts";
import { ownOllama } from "../../client/own-ollama/own-settings.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { MeaningProps } from "./meaning-view.tsx";

/** What is written one after the other is read together. */
const restMs = 300;

/** Reads a chat for what its messages mean while its pane is open, what comes meanwhile too; undefined where there is nothing to say about it. */
export function useMeaning(roomId: string, isWanted: boolean): MeaningProps | undefined {
	const state = useObservable(meaning, (one) => one);
	const finder = useObservable(ownOllama, (own) => (own.kind === "set" ? own.settings.embedModel : undefined));
	const begin = useEffectEvent(() => {
		heldMessages(roomId).then(
			({ messages }) => readMeaning(roomId, messages),
			() => undefined,
		);
	});
	const isReading = isWanted && finder !== undefined;
	useEffect(() => {
		if (!isReading) return;
		begin();
		return pauseMeaning;
	}, [isReading]);
	const events = useClientState(({ rooms }) => rooms.get(roomId)?.timeline.events);
	const goOn = useEffectEvent(() => {
		if (isReading && state?.roomId === roomId && (state.kind === "done" || state.kind === "reading")) begin();
	});
	useEffect(() => {
		if (events === undefined) return;
		const timer = setTimeout(goOn, restMs);
		return () => clearTimeout(timer);
	}, [events]);
	if (!isReading || state?.roomId !== roomId || state.kind === "done") return undefined;
	const { kind, done, total } = state;
	return {
		words: text(kind === "failed" ? "meaning.failed" : "meaning.reading", { done, total }),
		...{ done, total },
		isRunning: kind === "reading",
		onPause: pauseMeaning,
		onGoOn: begin,
	};
}
