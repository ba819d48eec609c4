import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { heldMessages } from "../../client/assistant/gather-messages.ts";
import { useAssistantStatus } from "../../client/hooks/use-assistant-status.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { isChosen, meaningChoice } from "../../client/meaning/meaning-choice.ts";
import { meaning } from "../../client/meaning/meaning-state.ts";
import { forgetMeaningOf, pauseMeaning, readMeaning } from "../../client/meaning/read-meaning.ts";
import { ownOllama } from "../../client/own-ollama/own-settings.ts";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/finding.ts";
import { text } from "../../shared/text/text.ts";
import type { CatchUpState } from "./catch-up-view.tsx";
import type { MeaningProps } from "./meaning-view.tsx";

/** What is written one after the other is read together. */
const restMs = 300;

/**
 * Reads a chat for what its messages mean while its pane is open, what comes meanwhile too; undefined where there is nothing to
 * say about it. Where the assistant is off what the server made of the chat goes.
 */
export function useMeaning(roomId: string, pane: CatchUpState["kind"]): MeaningProps | undefined {
	const { reader, host } = useReader(roomId);
	const offer = useOffer(roomId, host);
	const state = useObservable(meaning, (one) => one);
	const begin = useEffectEvent(() => {
		heldMessages(roomId).then(
			({ messages }) => readMeaning(roomId, messages),
			() => undefined,
		);
	});
	const isReading = pane === "ready" && (reader === "own" || reader === "server");
	// Another choice stops what is read, and begins it anew.
	const choice = useObservable(meaningChoice, (one) => one);
	useEffect(() => {
		if (!isReading || choice === undefined) return;
		begin();
		return pauseMeaning;
	}, [isReading, choice]);
	const events = useClientState(({ rooms }) => rooms.get(roomId)?.timeline.events);
	const goOn = useEffectEvent(() => {
		if (isReading && state?.roomId === roomId && (state.kind === "done" || state.kind === "reading")) begin();
	});
	useEffect(() => {
		if (events === undefined) return;
		const timer = setTimeout(goOn, restMs);
		return () => clearTimeout(timer);
	}, [events]);
	useEffect(() => {
		if (pane === "off") void forgetMeaningOf(roomId);
	}, [pane, roomId]);
	if (pane === "ready" && reader === "offered") return offer;
	if (!isReading || state?.roomId !== roomId || state.kind === "done") return undefined;
	const { kind, done, total } = state;
	const failed = reader === "own" ? "finding.failed" : "finding.serverFailed";
	return {
		...{ kind: "progress", done, total, isRunning: kind === "reading" },
		words: text(kind === "failed" ? failed : "finding.reading", { done, total, host }),
		onPause: pauseMeaning,
		onGoOn: begin,
	};
}

/** Who reads a chat for what its messages mean. `offered`: the person lets their server do it, and can choose this chat. */
function useReader(roomId: string): { readonly reader: "own" | "server" | "offered" | "none"; readonly host: string } {
	const own = useObservable(ownOllama, (one) => one);
	const isOn = useObservable(meaningChoice, (choice) => choice?.isOn === true);
	const isRead = useObservable(meaningChoice, () => isChosen(roomId));
	const { data } = useAssistantStatus(own.kind === "none" && isOn);
	const host = data?.host ?? "";
	if (own.kind === "set") return { reader: own.settings.embedModel === undefined ? "none" : "own", host };
	if (own.kind !== "none" || !isOn || data?.embedModel === undefined) return { reader: "none", host };
	return { reader: isRead ? "server" : "offered", host };
}

/** Asks once for each chat, with how many messages would go where. */
function useOffer(roomId: string, host: string): MeaningProps {
	const [count, setCount] = useState<number | undefined>();
	const look = useMutation({ mutationFn: () => heldMessages(roomId) });
	return {
		kind: "offer",
		isCounting: look.isPending,
		onAsk: () => look.mutate(undefined, { onSuccess: ({ messages }) => setCount(messages.length) }),
		dialog:
			count === undefined
				? undefined
				: {
						host,
						messages: text("assistant.messages", { count }),
						onAllow: () => {
							setCount(undefined);
							void import("../../client/meaning/keep-meaning-choice.ts").then(({ addMeaningRoom }) =>
								addMeaningRoom(roomId),
							);
						},
						onClose: () => setCount(undefined),
					},
	};
}
