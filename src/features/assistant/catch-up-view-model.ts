import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { activeRun, beginChatRun, type ChatRun, chatRuns, forgetChatRun } from "../../client/assistant/chat-runs.ts";
import { gatherMessages } from "../../client/assistant/gather-messages.ts";
import { ownLanguage } from "../../client/assistant/own-language.ts";
import type { MessageRange } from "../../client/assistant/select-range.ts";
import { useAssistant } from "../../client/hooks/use-assistant.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { isAllowedAt } from "../../client/own-ollama/ai-place.ts";
import { reminderWish } from "../../client/reminders/reminder-wishes.ts";
import { eventAddress, roomAddress, roomInfoAddress } from "../../client/rooms/addresses.ts";
import { shownAgain } from "../../client/rooms/shown-again.ts";
import { unreadStarts } from "../../client/rooms/unread-starts.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import "../../shared/text/en/assistant.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { AnswerLine } from "./answer-line-snapshot.ts";
import { answerOf } from "./answer-snapshot.ts";
import { useAsk } from "./ask-view-model.ts";
import type { CatchUpState } from "./catch-up-view.tsx";
import { useConsent } from "./consent-view-model.ts";
import { useMeaning } from "./meaning-view-model.ts";
import { downText } from "./problem-text.ts";
import { progressOf } from "./progress-snapshot.ts";

const noRuns: readonly ChatRun[] = [];

/** The assistant's pane of a room: what was summed up here, and what can be. */
export function useCatchUp(roomId: string, shownEventId: string | undefined) {
	const assistant = useAssistant(roomId);
	const isEncrypted = useClientState(({ rooms }) => rooms.get(roomId)?.summary?.encryption !== undefined);
	const isKnown = useClientState(({ rooms }) => rooms.get(roomId)?.summary !== undefined);
	const runs = useObservable(chatRuns, (all) => all.get(roomId)) ?? noRuns;
	const now = useNow();
	const consent = useConsent(roomId, assistant.place);
	const { range, onRetryAnswer } = useRange(roomId, runs, consent);
	const running = activeRun(runs);
	const state = stateOf(assistant, { isEncrypted, isKnown, hasRuns: runs.length > 0 });
	return {
		chatHref: shownEventId === undefined ? roomAddress(roomId) : eventAddress(roomId, shownEventId),
		infoHref: roomInfoAddress(roomId),
		place: assistant.place,
		state,
		answers: runs.map((run) => answerOf(run, { now, shownEventId, language: ownLanguage() })),
		progress: running && progressOf(running.state, running.messages.length),
		range,
		meaning: useMeaning(roomId, state.kind),
		ask: useAsk(roomId, running !== undefined, consent),
		onStop: () => running?.stop(),
		onRetryAnswer,
		onRemoveAnswer: (id: number) => forgetChatRun(roomId, id),
		onRemind: (line: AnswerLine) => remindOf(roomId, line, runs),
		onShowAgain: (eventId: string) => shownAgain.set(() => ({ eventId })),
		onRetry: assistant.onRetry,
		dialog: consent.dialog,
	};
}

/** Asks when the reader wants to be reminded of what a line says: its moment may stand in it, or in what it rests on. */
function remindOf(roomId: string, { words, cites }: AnswerLine, runs: readonly ChatRun[]): void {
	const ids = new Set(cites.map(({ eventId }) => eventId));
	const cited = runs.flatMap(({ messages }) => messages).filter(({ message }) => ids.has(message.eventId));
	const [first] = cited;
	const writtenAt = first?.message.at ?? Date.now();
	const sources = [
		{ words, writtenAt },
		...cited.map(({ message }) => ({ words: message.body, writtenAt: message.at })),
	];
	reminderWish.set(() => ({ roomId, ...(first && { eventId: first.message.eventId }), words, sources }));
}

/** What can be summed up, and the way from there to a run: nothing is sent before the person has seen it. */
function useRange(roomId: string, runs: readonly ChatRun[], consent: ReturnType<typeof useConsent>) {
	const unreadFrom = useObservable(unreadStarts, (all) => all.get(roomId));
	const ranges = unreadFrom === undefined ? rangesOfTime : ([...atFirst, ...rangesOfTime] as const);
	const [chosen, setChosen] = useState<MessageRange | undefined>();
	const range = chosen ?? (unreadFrom === undefined ? "day" : "unread");
	const sum = useMutation({
		mutationFn: async () => {
			const given = await gatherMessages(roomId, range);
			if (given.messages.length === 0) return "nothing";
			if (!(await consent.ask(given))) return "cancelled";
			const messages = given.messages.map(({ message }) => message);
			beginChatRun({ kind: "summary", roomId, language: ownLanguage(), messages }, given.messages);
			return "begun";
		},
	});
	return {
		range: {
			isFirst: runs.length === 0,
			ranges,
			range,
			isGathering: sum.isPending,
			problem: sum.isError ? failureText("internal") : sum.data === "nothing" ? text("assistant.nothing") : undefined,
			isAsked: consent.isAsked,
			onRange: (next: MessageRange) => {
				sum.reset();
				setChosen(next);
			},
			onSum: () => sum.mutate(),
			onAskAgain: consent.onAskAgain,
		},
		/** The same once more, after the same question. */
		onRetryAnswer: (id: number) => {
			const run = runs.find((one) => one.id === id);
			if (run === undefined) return;
			const question = run.input.kind === "ask" ? { question: run.input.question } : {};
			void consent.ask({ ...question, messages: run.messages, closedCount: 0, isWhole: true }).then((isSent) => {
				if (!isSent) return;
				forgetChatRun(roomId, id);
				beginChatRun(run.input, run.messages, run.search);
			});
		},
	};
}

const atFirst = ["unread"] as const;
const rangesOfTime = ["day", "week", "hundred"] as const;

interface RoomFacts {
	readonly isEncrypted: boolean;
	/** False: this browser knows nothing of the room yet. */
	readonly isKnown: boolean;
	readonly hasRuns: boolean;
}

function stateOf(assistant: ReturnType<typeof useAssistant>, room: RoomFacts): CatchUpState {
	const { isLive, error, state, policy, place } = assistant;
	if (room.isKnown && !isLive) return { kind: "off", canSet: false, isEncrypted: false };
	if (state === "missing") return { kind: "missing" };
	if (state === undefined || policy === undefined) {
		return error === null ? { kind: "loading" } : { kind: "down", words: failureText(failureOf(error).code) };
	}
	if (!isAllowedAt(place, policy)) return { kind: "off", canSet: policy.canSet, isEncrypted: room.isEncrypted };
	if (state === "ready" || state === "busy" || room.hasRuns) return { kind: "ready" };
	return { kind: "down", words: downText(state, place) };
}
