const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const emojiOnly = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\u200d\ufe0f\s])+$/u;
const keycap = /^[0-9#*]\ufe0f?\u20e3$/u;
const flagOfRegion = /^\u{1f3f4}[\u{e0061}-\u{e007a}0-9]+\u{e007f}$/u;

/** How many emoji a text is made of, if of nothing else and of at most three. */
export function countOfEmojiOnly(body: string): 0 | 1 | 2 | 3 {
	if (body.length > 48 || !emojiOnly.test(body)) return 0;
	const count = [...letters.segment(body)].filter(({ segment }) => segment.trim() !== "").length;
	return count === 1 || count === 2 || count === 3 ? count : 0;
}

/** The first emoji of what was typed; `undefined` where there is none. */
export function emojiIn(typed: string): string | undefined {
	for (const { segment } of letters.segment(typed.slice(0, 64))) {
		const isEmoji = emojiOnly.test(segment) && segment.trim() !== "";
		if (isEmoji || keycap.test(segment) || flagOfRegion.test(segment)) return segment;
	}
	return undefined;
}
