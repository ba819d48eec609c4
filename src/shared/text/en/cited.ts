import { addWords } from "../words.ts";

/** What is said of the messages that a line of the assistant's rests on. */
export const citedText = addWords({
	"cited.message": "Message {number} that this rests on",
});
