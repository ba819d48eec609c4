import type { WireAssistantMessage } from "../../../src/shared/wire/assistant.ts";

const said = [
	"Did you see the plan for the garden? I would move the beds to the south side.",
	"Yes, and I think that the old fence has to go first. It leans more every week.",
	"I can ask my brother for his tools. He is here from Friday on, with the small truck.",
	"Good. Then somebody has to tell the neighbours, because of the noise in the morning.",
	"I will write to them tonight, and hang a note on the gate as well.",
];

/** A chat of so many messages in which nobody but the last has anything to do. `mark` stands in its first line alone. */
export const longChat = (count: number, mark: string): WireAssistantMessage[] =>
	Array.from({ length: count }, (_, index) => ({
		eventId: `$bench${index}`,
		sender: index % 2 === 0 ? "Ann" : "Ben",
		at: 1_700_000_000_000 + index * 60_000,
		body: index === 0 ? `${mark} ${said[0]}` : (said[index % said.length] ?? ""),
		isOwn: index % 2 === 0,
	}));

/** Words of equal length that no two runs have in common. */
export const marks = function* (): Generator<string, never, undefined> {
	for (let count = 10_000 + (Date.now() % 80_000); ; count += 1) yield `Note ${count}.`;
};
