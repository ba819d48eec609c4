import { addWords } from "../words.ts";

/** Beside the name of the assistant. */
export const botMarkText = addWords({ "bot.mark": "AI" });
