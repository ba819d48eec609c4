import type { AutoReplyState } from "../auto-reply/auto-reply-state.ts";
import type { Draft } from "../drafts/drafts.ts";
import type { MeaningChoice } from "../meaning/meaning-choice.ts";
import type { OutboxNews } from "../outbox/outbox.ts";
import type { OwnOllama } from "../own-ollama/own-settings.ts";
import type { Reminder } from "../reminders/reminders.ts";
import type { OwnRead } from "../store/room-state.ts";

/** What the windows of one account tell each other. */
export type WindowNews =
	| { readonly kind: "outbox"; readonly news: OutboxNews }
	| { readonly kind: "read"; readonly roomId: string; readonly read: OwnRead }
	| { readonly kind: "draft"; readonly roomId: string; readonly draft?: Draft }
	| { readonly kind: "autoReply"; readonly state: AutoReplyState }
	| { readonly kind: "ownOllama"; readonly chosen: OwnOllama }
	| { readonly kind: "meaningChoice"; readonly choice: MeaningChoice }
	| { readonly kind: "reminders"; readonly reminders: readonly Reminder[] }
	| { readonly kind: "signedOut" | "expired" };

let channel: BroadcastChannel | undefined;

/** Listens to the other windows of an account; the answer stops it. */
export function joinWindows(userId: string, onNews: (news: WindowNews) => void): () => void {
	channel?.close();
	const joined = new BroadcastChannel(`kith ${userId}`);
	channel = joined;
	joined.onmessage = ({ data }: MessageEvent<WindowNews>) => onNews(data);
	return () => {
		joined.close();
		if (channel === joined) channel = undefined;
	};
}

export function tellWindows(news: WindowNews): void {
	channel?.postMessage(news);
}
