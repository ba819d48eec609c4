const ranges = [
	// Control characters other than tab and line break.
	"\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f",
	// What turns the direction of writing.
	"\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u206f",
	// What has no width, or looks like nothing.
	"\\u00ad\\u034f\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200c\\u2060-\\u2065\\u3164\\ufe00-\\ufe0e\\ufeff\\uffa0\\ufff0-\\ufffb",
	// Musical marks without a look, tags and further selectors.
	"\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}",
];

/** A joiner stays between the parts of one emoji. */
const looseJoiners =
	"(?<!\\p{Extended_Pictographic}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d|\\u200d(?!\\p{Extended_Pictographic})";

const unseen = new RegExp(`[${ranges.join("")}]|${looseJoiners}`, "gu");

/** Takes out of a text what nobody sees in it, and halves of characters. */
export const withoutUnseen = (text: string): string =>
	text
		.replaceAll("\r\n", "\n")
		.replaceAll("\r", "\n")
		.replace(/\p{Cs}/gu, "\ufffd")
		.replace(unseen, "");
