import { autoReply } from "./auto-reply-state.ts";
import { keepAutoReply } from "./keep-auto-reply.ts";

/** Goes on answering where an earlier page did, for as long as the sign-in lasts. What it takes is fetched once it is on. */
export async function runAutoReply(signal: AbortSignal): Promise<void> {
	await keepAutoReply(signal);
	if (signal.aborted) return;
	let isBegun = false;
	const begin = (): void => {
		if (isBegun || !autoReply.get().isOn) return;
		isBegun = true;
		void import("./answer-by-itself.ts").then(
			({ answerByItself }) => answerByItself(signal),
			() => {
				isBegun = false;
			},
		);
	};
	const stop = autoReply.subscribe(begin);
	signal.addEventListener("abort", stop, { once: true });
	begin();
}
