import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { allChatsRun, askAllChats, forgetAllChats, stopAllChats } from "../../client/assistant/all-chats-run.ts";
import { type LookedThrough, lookThroughChats } from "../../client/assistant/look-through-chats.ts";
import { useAi } from "../../client/hooks/use-ai.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { placeNow } from "../../client/own-ollama/ai-place.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/assistant-all.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import { allChatsAnswer } from "./all-chats-snapshot.ts";
import type { AllChatsProps } from "./all-chats-view.tsx";
import { allConsentTo } from "./all-consent-snapshot.ts";
import { downText } from "./problem-text.ts";
import type { ProgressSnapshot } from "./progress-snapshot.ts";

/** What was found, while the person is asked whether it may be sent. */
interface Asking {
	readonly question: string;
	readonly looked: LookedThrough;
	readonly leftOut: ReadonlySet<string>;
}

/** A question to all chats: looked for here, shown, and sent chat by chat. */
export function useAllChats() {
	const ai = useAi();
	const run = useObservable(allChatsRun, (one) => one);
	const now = useNow();
	const [typed, setTyped] = useState("");
	const { look, stop, asking, setAsking, progress } = useLooking();
	const answer = run && allChatsAnswer(run, now);
	const question = typed.trim();
	return {
		place: ai.place,
		state: stateOf(ai),
		answer,
		progress: progress ?? answer?.progress,
		ask: {
			question: typed,
			canAsk: question !== "" && progress === undefined && answer?.isRunning !== true,
			problem: problemOf(look),
			onQuestion: setTyped,
			onAsk: () => look.mutate(question),
		},
		onStop: () => (progress === undefined ? stopAllChats() : stop()),
		onForget: forgetAllChats,
		onRetry: ai.onRetry,
		consent: asking && {
			consent: allConsentTo(asking, ai.place),
			onChoose: (roomId: string, isChosen: boolean) =>
				setAsking({ ...asking, leftOut: chosen(asking, roomId, isChosen) }),
			onSend: () => {
				const { kind, name } = placeNow();
				setAsking(undefined);
				// What was said yes to for one place goes to no other.
				if (kind !== ai.place.kind || name !== ai.place.name) return;
				const found = asking.looked.found.filter(({ roomId }) => !asking.leftOut.has(roomId));
				askAllChats(asking.question, { ...asking.looked, found });
				setTyped("");
			},
			onClose: () => setAsking(undefined),
		},
	};
}

/** Looks through the chats, and can be stopped. */
function useLooking() {
	const [progress, setProgress] = useState<ProgressSnapshot | undefined>();
	const [asking, setAsking] = useState<Asking | undefined>();
	const leaving = useRef<AbortController | undefined>(undefined);
	const look = useMutation({
		mutationFn: async (question: string) => {
			const controller = new AbortController();
			leaving.current = controller;
			setProgress({ words: text("all.lookingFirst"), share: undefined });
			const looked = await lookThroughChats(question, {
				signal: controller.signal,
				onChat: ({ name, number, total }) =>
					setProgress({ words: text("all.looking", { name }), share: { done: number - 1, total } }),
			});
			if (looked.found.length > 0) setAsking({ question, looked, leftOut: new Set() });
			return looked;
		},
		onSettled: () => setProgress(undefined),
	});
	return { look, asking, setAsking, progress, stop: () => leaving.current?.abort() };
}

function chosen({ leftOut }: Asking, roomId: string, isChosen: boolean): ReadonlySet<string> {
	const next = new Set(leftOut);
	if (isChosen) next.delete(roomId);
	else next.add(roomId);
	return next;
}

function problemOf({ data, error }: ReturnType<typeof useLooking>["look"]): string | undefined {
	if (error !== null) return error.name === "AbortError" ? undefined : failureText(failureOf(error).code);
	if (data === undefined || data.found.length > 0) return undefined;
	if (data.chatCount > 0) return text("all.nothing");
	return data.off.length > 0 ? text("all.nowhere") : text("all.noChats");
}

function stateOf({ state, error, place }: ReturnType<typeof useAi>): AllChatsProps["state"] {
	if (state === undefined) return error === null ? "loading" : { problem: failureText(failureOf(error).code) };
	if (state === "missing") return "missing";
	return state === "ready" || state === "busy" ? "ready" : { problem: downText(state, place) };
}
