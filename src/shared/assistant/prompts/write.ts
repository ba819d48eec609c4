import type { RewriteStyle } from "../../wire/assistant.ts";
import { dataRule, languageName, type Prompt } from "./prompt.ts";

export const repliesPrompt: Prompt<undefined> = {
	name: "replies",
	version: 1,
	system: (language) =>
		`You suggest three short answers to the last message of a chat, as "me" could write them, in the language of the chat or else in ${languageName(language)}. Each has at most 12 words; they differ in what they say. Promise nothing and invent no facts. ${dataRule}`,
	question: () => 'Three answers of "me" to the last message, as JSON.',
};

export const draftPrompt: Prompt<{ readonly instruction: string }> = {
	name: "draft",
	version: 1,
	system: (language) =>
		`You write one message for "me" by an instruction, in the language of the instruction or else in ${languageName(language)}. Write the message alone, without quotation marks, greeting only where it is asked for. ${dataRule}`,
	question: ({ instruction }) => `The instruction of "me": ${JSON.stringify(instruction)}\nThe message:`,
};

const styles: Readonly<Record<RewriteStyle, string>> = {
	shorter: "shorter, with the same meaning",
	kinder: "kinder and warmer, with the same meaning",
	formal: "formal and polite, with the same meaning",
	fix: "with its mistakes of spelling and grammar put right, and otherwise unchanged",
};

export const rewritePrompt: Prompt<{ readonly style: RewriteStyle }> = {
	name: "rewrite",
	version: 1,
	system: () =>
		`You write a text anew in its own language. Answer with the new text alone, without quotation marks or remarks. ${dataRule}`,
	question: ({ style }) => `Write the text between the marks ${styles[style]}.`,
};

export const translatePrompt: Prompt<{ readonly language: string }> = {
	name: "translate",
	version: 1,
	system: () =>
		`You translate. Answer with the translation alone, without quotation marks or remarks; names and addresses stay as they are. ${dataRule}`,
	question: ({ language }) => `Translate the text between the marks into ${languageName(language)}.`,
};
