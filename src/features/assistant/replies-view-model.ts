import { useEffect, useState } from "react";
import { beginRun, type Run } from "../../client/assistant/follow-run.ts";
import { ownLanguage } from "../../client/assistant/own-language.ts";
import { recentMessages } from "../../client/assistant/recent-messages.ts";
import { isOver, newRun, type RunState } from "../../client/assistant/run-state.ts";
import { drafts } from "../../client/drafts/drafts.ts";
import { insertText } from "../../client/drafts/insert-text.ts";
import { useClientState, useOutbox, useRoom } from "../../client/hooks/use-client.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { attachedPictures } from "../../client/media/attached-pictures.ts";
import { bodyOf } from "../../client/store/event-content.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { useConsent } from "./consent-view-model.ts";
import { problemText } from "./problem-text.ts";
import type { RepliesState } from "./replies-view.tsx";

/** What was asked for an answer to one message. */
interface Asked {
	readonly eventId: string;
	readonly state: RunState;
	readonly run: Run | undefined;
	readonly isDismissed: boolean;
}

/** Answers to the last message of a chat, asked for by a tap; undefined where there is nothing to answer. */
export function useReplies(roomId: string, consent: ReturnType<typeof useConsent>) {
	const eventId = useAnswerable(roomId);
	const [asked, setAsked] = useState<Asked | undefined>();
	const run = asked?.run;
	useEffect(() => () => run?.stop(), [run]);
	if (eventId === undefined) return undefined;
	const here = asked?.eventId === eventId ? asked : undefined;
	if (here?.isDismissed === true) return undefined;
	const ask = async (): Promise<void> => {
		const { windowOffset, ...given } = recentMessages(roomId);
		// What came while the question stood there is not what they saw.
		if (given.messages.at(-1)?.message.eventId !== eventId || !(await consent.ask(given))) return;
		const messages = given.messages.map(({ message }) => message);
		const begun = beginRun(
			{ kind: "replies", roomId, language: ownLanguage(), messages: [...messages], windowOffset },
			(state) => setAsked((known) => (known?.run === begun ? { ...known, state } : known)),
		);
		setAsked({ eventId, state: newRun, run: begun, isDismissed: false });
	};
	return {
		state: stateOf(here),
		onAsk: () => void ask(),
		onPick: (reply: string) => insertText(roomId, reply),
		onDismiss: () => setAsked({ eventId, state: newRun, run: undefined, isDismissed: true }),
	};
}

function stateOf(asked: Asked | undefined): RepliesState {
	if (asked === undefined) return { kind: "none" };
	const { phase, replies } = asked.state;
	if (phase.kind === "failed") return { kind: "failed", words: problemText(phase.why) };
	if (!isOver(asked.state)) return { kind: "writing" };
	return replies.length === 0 ? { kind: "none" } : { kind: "ready", replies };
}

/** The last message of a chat, where it is somebody else's, has words, and nothing is being written. */
function useAnswerable(roomId: string): string | undefined {
	const room = useRoom(roomId);
	const ownUserId = useClientState(({ me }) => me?.userId);
	const isWriting = useObservable(drafts, (all) => all.has(roomId));
	const isAttaching = useObservable(attachedPictures, (all) => (all.get(roomId)?.pictures.length ?? 0) > 0);
	const isSending = useOutbox().some((item) => item.roomId === roomId);
	if (room === undefined || room.history !== undefined || isWriting || isAttaching || isSending) return undefined;
	const last = room.timeline.events.findLast(({ type }) => type === "m.room.message");
	return last !== undefined && last.sender !== ownUserId && hasWords(last) ? last.eventId : undefined;
}

function hasWords(event: WireEvent): boolean {
	return (bodyOf(event) ?? "").trim() !== "";
}
