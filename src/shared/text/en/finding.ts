import { addWords } from "../words.ts";

/** Finding messages by what they mean: who reads them for it, and how far it is. */
export const findingText = addWords({
	"finding.reading": "Reading this chat for what it means: {done} of {total}",
	"finding.failed": "Your own Ollama didn’t read it for what it means: {done} of {total}",
	"finding.serverFailed": "{host} didn’t read it for what it means: {done} of {total}",
	"finding.pause": "Pause",
	"finding.goOn": "Go on",

	"finding.offer": "Questions find by words alone here.",
	"finding.offerAsk": "Find by meaning, too…",
	"finding.offerTitle": "Let {host} read {messages} for what they mean?",
	"finding.offerLead": "A question then finds messages of this chat that say it in other words.",
	"finding.offer1":
		"The text of {messages} goes to {host}, a few at a time, and from there to its Ollama. So does each message that comes, or that you scroll back to, while this pane is open, and each question that you ask the assistant.",
	"finding.offerGo": "Let it read",

	"finding.title": "Finding by meaning",
	"finding.hint":
		"A question to the assistant finds messages by their words. It can find them by what they mean, too, if something reads them for it. This holds on this device alone.",
	"finding.switch": "Let {host} read chats that I choose",
	"finding.off": "Off: questions find by words alone.",
	"finding.none": "On, but no chat is chosen yet. Choose one in its “Catch up”, by “Find by meaning, too…”.",
	"finding.on": { one: "On, for {count} chat.", other: "On, for {count} chats." },
	"finding.chats": "Chats that are read for what they mean",
	"finding.remove": "No longer read {name}",
	"finding.switchTitle": "Let {host} read chats for what they mean?",
	"finding.switchLead": "Nothing is sent yet: you choose each chat by itself, in its “Catch up”.",
	"finding.switch1":
		"The text of every message of a chat that you choose goes to {host}, and from there to the Ollama that its owner set up. So does each question that you ask the assistant.",
	"finding.keeps":
		"{host} makes numbers of it and keeps neither. While it works, it can read the text, and so could whoever runs it. The other people in the chat are not told.",
	"finding.comesBack":
		"The numbers come back and stay on this device, sealed. When you take it back, they are deleted.",
	"finding.policy": "Where a chat’s people chose “Off”, nothing of it is sent, and what was made of it is deleted.",
	"finding.switchGo": "Allow it",
});
