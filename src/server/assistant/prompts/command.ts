import { languageName, type Prompt } from "../../../shared/assistant/prompts/prompt.ts";

/** The data are Kith's own: what its commands are. The one text of a person in it is that of whoever asks. */
export const commandPrompt: Prompt<{ readonly words: string }> = {
	name: "command",
	version: 1,
	system: (language) =>
		`You turn a request of the owner of a chat server into one of the server's commands. The numbered lines say what each command does and which arguments it takes. The request may be in ${languageName(language)}. Choose "none" if no command does what is asked, or if you are not sure; never choose a command that does more than is asked. Copy arguments from the request as they are written there; leave out what it does not name.`,
	question: ({ words }) =>
		`The request: ${JSON.stringify(words)}\nAnswer as JSON: command is one of the names or "none", arguments are the values in the order of the command.`,
};
