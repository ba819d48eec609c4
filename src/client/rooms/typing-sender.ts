export interface TypingMeans {
	send(isTyping: boolean): void;
	/** Calls back once; answers the way to forget it. */
	later(callback: () => void, delayMs: number): () => void;
}

/** Says that somebody writes for as long as they do. */
export interface TypingSender {
	/** A key changed the text, and some is left. */
	onText(): void;
	/** Sent, left or emptied. */
	stop(): void;
}

/** The server forgets after twelve seconds. */
const repeatMs = 5_000;
const silenceMs = 8_000;

export function createTypingSender({ send, later }: TypingMeans): TypingSender {
	let isTyping = false;
	let forgetRepeat: () => void = () => undefined;
	let forgetSilence: () => void = () => undefined;
	const say = (): void => {
		send(true);
		forgetRepeat = later(say, repeatMs);
	};
	const stop = (): void => {
		forgetRepeat();
		forgetSilence();
		if (isTyping) send(false);
		isTyping = false;
	};
	return {
		onText: () => {
			forgetSilence();
			forgetSilence = later(stop, silenceMs);
			if (isTyping) return;
			isTyping = true;
			say();
		},
		stop,
	};
}
