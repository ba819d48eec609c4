import { describe, expect, it } from "vitest";
import { partMessages } from "./part-messages.ts";

const from = (sender: string, key: string, words: string) => ({ sender, content: { sender_key: key, words } });
const wordsOf = (parts: ReturnType<typeof partMessages>) =>
	parts.map((part) => part.map(({ content }) => content["words"]));

describe("messages to a device in parts", () => {
	it("are one part when every device speaks once", () => {
		const parts = partMessages([from("@a:x", "1", "a"), from("@a:x", "2", "b"), from("@b:x", "1", "c")]);
		expect(wordsOf(parts)).toEqual([["a", "b", "c"]]);
	});

	it("put what one device says into parts of their own, in its order", () => {
		const parts = partMessages([
			...[from("@a:x", "1", "a1"), from("@b:x", "2", "b1"), from("@a:x", "1", "a2")],
			...[from("@a:x", "1", "a3"), from("@b:x", "2", "b2")],
		]);
		expect(wordsOf(parts)).toEqual([["a1", "b1"], ["a2", "b2"], ["a3"]]);
	});

	it("are no part when there are none", () => {
		expect(partMessages([])).toEqual([]);
	});
});
