import { describe, expect, it } from "vitest";
import { bytesOf } from "../../shared/vector-index.ts";
import { createSearchDesk } from "./answer-search.ts";

const key = bytesOf([1, 0.1]);
const ferry = bytesOf([0.1, 1]);
const texts = [
	{ id: "$1", text: "Ben We take the boat at nine" },
	{ id: "$2", text: "Ann Fine" },
	{ id: "$3", text: "Ben Under the pot it is" },
];

describe("the desk of the search", () => {
	it("ranks a chat by words, by meaning, and by both", () => {
		const desk = createSearchDesk();
		const rank = (words: readonly string[], meaning?: Int8Array) =>
			desk({ kind: "rank", texts, words, ...(meaning !== undefined && { meaning }) }).map(({ id }) => id);
		expect(rank(["boat"])[0]).toBe("0");
		expect(rank([], key)).toEqual([]);
		desk({
			kind: "vectors",
			group: "!r",
			vectors: [
				{ id: "$1", vector: ferry },
				{ id: "$3", vector: key },
			],
		});
		expect(rank([], key)[0]).toBe("2");
		expect(rank(["boat"], key)[0]).toBe("0");
		expect(rank(["boat"], ferry)[0]).toBe("0");
	});

	it("finds in several chats what shares no word but the meaning, in those alone that are asked for", () => {
		const desk = createSearchDesk();
		desk({ kind: "add", group: "!r", texts });
		desk({ kind: "add", group: "!s", texts: [{ id: "$9", text: "Cy pot" }] });
		desk({ kind: "vectors", group: "!r", vectors: [{ id: "$3", vector: key }] });
		desk({ kind: "vectors", group: "!s", vectors: [{ id: "$9", vector: key }] });
		const find = (meaning?: Int8Array) =>
			desk({ kind: "find", words: ["unloc"], groups: ["!r"], most: 5, ...(meaning !== undefined && { meaning }) });
		expect(find()).toEqual([]);
		expect(find(key)).toEqual([{ id: "$3", group: "!r", score: 0.4 }]);
	});
});
