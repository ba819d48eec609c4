import { dataRule, languageName, type Prompt } from "./prompt.ts";

export const summaryPrompt: Prompt<{ readonly focus: string | undefined }> = {
	name: "summary",
	version: 1,
	system: (language) =>
		`You tell somebody what they missed in a chat, in short lines, in ${languageName(language)}. Each line says one thing that was said, decided or promised, with the names of the people, and cites the numbers of the messages it rests on. Label a line "decision" where something was decided and "action" where somebody has to do something: name who and by when. Leave out greetings. Add nothing that the messages do not say. ${dataRule}`,
	question: ({ focus }) =>
		focus === undefined
			? "What happened? Answer as JSON: known is true, and lines holds at most 8 lines, the most important first."
			: `What was said about ${JSON.stringify(focus)}? Answer as JSON: known is false if nothing was, and lines holds at most 8 lines.`,
};

/** Puts the lines of several parts of a long range together. */
export const mergePrompt: Prompt<undefined> = {
	name: "merge",
	version: 1,
	system: (language) =>
		`You put notes about a chat together into one list of short lines, in ${languageName(language)}. Each line says one thing, and cites the numbers of the notes it rests on. Join what belongs together, keep decisions and actions with their labels, add nothing. ${dataRule}`,
	question: () => "Answer as JSON: known is true, and lines holds at most 10 lines, the most important first.",
};
