import "../../shared/text/en/auto-reply.ts";
import { text } from "../../shared/text/text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { beginRun } from "../assistant/follow-run.ts";
import { readerOf, roomNow } from "../assistant/gather-messages.ts";
import { ownLanguage } from "../assistant/own-language.ts";
import { pickMessages } from "../assistant/pick-messages.ts";
import { isOver, type RunProblem, type RunState } from "../assistant/run-state.ts";

/** What came of writing an answer. */
export type WrittenReply =
	| { readonly kind: "written"; readonly words: string }
	| { readonly kind: "failed"; readonly why: RunProblem }
	| { readonly kind: "stopped" };

/** The sender's last words go along, and nothing of anybody else. */
const mostMessages = 5;
const longestReply = 600;

/** Who wrote, and where. */
export interface Incoming {
	readonly roomId: string;
	readonly event: WireEvent;
}

/** Has an answer written to somebody's last messages, by a note. The signal ends it. */
export function writeReply({ roomId, event }: Incoming, note: string, signal: AbortSignal): Promise<WrittenReply> {
	const room = roomNow(roomId);
	const own = room.timeline.events.filter(({ sender }) => sender === event.sender).slice(-mostMessages);
	const messages = pickMessages(own, readerOf(room)).map(({ message }) => message);
	const instruction = text("autoReply.instruction", { note });
	return new Promise((resolve) => {
		const onState = (state: RunState): void => {
			if (isOver(state)) resolve(replyOf(state));
		};
		const run = beginRun(
			{ kind: "draft", roomId, language: ownLanguage(), instruction, messages, windowOffset: 0 },
			onState,
		);
		signal.addEventListener("abort", () => run.stop(), { once: true });
	});
}

function replyOf({ phase, text: words }: RunState): WrittenReply {
	if (phase.kind === "failed") return { kind: "failed", why: phase.why };
	if (phase.kind !== "done") return { kind: "stopped" };
	return { kind: "written", words: words.trim().slice(0, longestReply) };
}
