import { describe, expect, it } from "vitest";
import { countOfEmojiOnly, emojiIn } from "./emoji-in.ts";

describe("countOfEmojiOnly", () => {
	it.each([
		["🎉", 1],
		["👩‍👩‍👧 ❤️", 2],
		["🇩🇪👍🏽😂", 3],
		["👍👍👍👍", 0],
		["ok 👍", 0],
		["12", 0],
		["", 0],
	])("%s → %i", (body, count) => {
		expect(countOfEmojiOnly(body)).toBe(count);
	});
});

describe("emojiIn", () => {
	it.each([
		["👍🏽", "👍🏽"],
		["so 👩‍👩‍👧!", "👩‍👩‍👧"],
		["🇩🇪🇫🇷", "🇩🇪"],
		["3️⃣", "3️⃣"],
		["🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
		["3", undefined],
		["yes", undefined],
		["", undefined],
	])("%s → %s", (typed, emoji) => {
		expect(emojiIn(typed)).toBe(emoji);
	});
});
