import { expect, it } from "vitest";
import { tellingWords } from "./stop-words.ts";
import { wordsOf } from "./word-index.ts";

it.each([
	["When does the ferry leave on Sunday?", ["ferry", "leave", "sunday"]],
	["Wann fährt die Fähre am Sonntag?", ["fährt", "fähre", "sonntag"]],
	["Quand est-ce que le bateau part?", ["bateau", "part"]],
	["¿Cuándo sale el barco?", ["sale", "barco"]],
	["A che ora parte il traghetto?", ["ora", "parte", "traghetto"]],
	["Hoe laat gaat de boot naar Vlieland?", ["laat", "gaat", "boot", "vlieland"]],
	["Quando parte a balsa?", ["parte", "balsa"]],
	["När går båten från bryggan?", ["går", "båten", "bryggan"]],
	["Когда отходит паром?", ["когда", "отходит", "паром"]],
])("what a question is about is in its words that are not in any talk: %s", (question, telling) => {
	expect(tellingWords(wordsOf(question))).toEqual(telling);
});

it("what is a filler in one language counts in another", () => {
	// “die” is an article in German, “war” and “hat” are verbs.
	expect(tellingWords(wordsOf("Which of them will die in the war with the hat?"))).toEqual(["die", "war", "hat"]);
	expect(tellingWords(wordsOf("what was that?"))).toEqual([]);
	expect(tellingWords([])).toEqual([]);
	expect(tellingWords(wordsOf("ferry ferry FERRY"))).toEqual(["ferry"]);
});
