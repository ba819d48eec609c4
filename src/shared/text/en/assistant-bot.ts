import { addWords } from "../words.ts";

/** What the assistant says in chats as a member of them. */
export const assistantBotText = addWords({
	"bot.name": "Assistant",
	"bot.from": "{text} ({names})",
	"bot.unknown": "Nothing that I have read here answers this. I know only what was written since I came in.",
	"bot.noQuestion": "Ask me something about what was written here since I came in: mention me, with your question.",
	"bot.nothingSeen": "I have read nothing here yet: I know only what is written after I came in.",
	"bot.failed": "I can’t answer now. {why}",
	"bot.digestDay": "What was written here since yesterday, as I, the assistant, read it:",
	"bot.digestWeek": "What was written here in the last week, as I, the assistant, read it:",
	"bot.action": "To do: {text}",
	"bot.decision": "Decided: {text}",
	"bot.welcome": "Welcome, {name}. I’m the assistant, an AI that is a member here.",
	"bot.about": "This chat is about: {about}",
	"bot.lately": "What was talked about lately:",
	"bot.tooMany": "That’s more than I may answer. Ask me again in a while.",
});
