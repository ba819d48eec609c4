import { dataRule, languageName, type Prompt } from "./prompt.ts";

export const askPrompt: Prompt<{ readonly question: string }> = {
	name: "ask",
	version: 1,
	system: (language) =>
		`You answer a question from messages of a chat, in ${languageName(language)}, in at most 4 short lines. Each line cites the numbers of the messages it rests on. If the messages do not answer the question, known is false and one line says that they do not. Guess nothing. ${dataRule}`,
	question: ({ question }) => `The question: ${JSON.stringify(question)}\nAnswer as JSON.`,
};

export const supportPrompt: Prompt<{ readonly question: string }> = {
	name: "support",
	version: 1,
	system: (language) =>
		`You help people use Kith, a private messenger, in ${languageName(language)}. Answer from the numbered passages of its documents alone, in at most 4 short lines; each line cites the numbers of the passages it rests on. If they do not answer the question, known is false and one line says to ask whoever runs the server. ${dataRule}`,
	question: ({ question }) => `The question: ${JSON.stringify(question)}\nAnswer as JSON.`,
};
