import { useState } from "react";
import { type AutoReplyState, autoReply, switchOff, switchOn } from "../../client/auto-reply/auto-reply-state.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { roomAddress } from "../../client/rooms/addresses.ts";
import { clockTime, dayKey, dayLabel } from "../../shared/text/dates.ts";
import "../../shared/text/en/auto-reply.ts";
import { text } from "../../shared/text/text.ts";
import type { AutoReplyProps } from "./auto-reply-view.tsx";

/** Answering by itself, as it can be switched on and looked after. */
export function useAutoReply(host: string): AutoReplyProps {
	const state = useObservable(autoReply, (one) => one);
	const now = useNow();
	const [isAsking, setAsking] = useState(false);
	const { isOn, note, problem, sent } = state;
	return {
		...{ isOn, note, host, isAsking },
		words: wordsOf(state, now),
		problem: isOn && problem !== undefined ? text("autoReply.problem", { why: problem }) : undefined,
		sent: sent.toReversed().map(({ roomId, name, at, words }) => ({
			key: `${roomId} ${at}`,
			href: roomAddress(roomId),
			heading: text("autoReply.to", { name, time: momentText(at, now) }),
			words,
		})),
		onAsk: () => setAsking(true),
		onCancel: () => setAsking(false),
		onStart: (wanted) => {
			switchOn(wanted, Date.now());
			setAsking(false);
		},
		onStop: () => switchOff(),
	};
}

function wordsOf({ isOn, since, hasWritten }: AutoReplyState, now: number): string {
	if (isOn) return text("autoReply.on", { time: momentText(since, now) });
	return text(hasWritten ? "autoReply.wrote" : "autoReply.off");
}

function momentText(ts: number, now: number): string {
	const time = clockTime(ts);
	return dayKey(ts) === dayKey(now) ? text("autoReply.today", { time }) : `${dayLabel(ts, now)} ${time}`;
}
