import { addWords } from "../words.ts";

/** The command palette and the sheet of keys. */
export const paletteText = addWords({
	"palette.title": "Go to",
	"palette.placeholder": "A chat, a person or an action",
	"palette.chat": "Chats",
	"palette.person": "People",
	"palette.action": "Actions",
	"palette.settings": "Settings",
	"palette.askServer": "Ask your server",
	"palette.none": "Nothing fits what you typed.",

	"help.title": "Keyboard shortcuts",
	"help.palette": "Go to a chat, a person or an action",
	"help.up": "Chat above",
	"help.down": "Chat below",
	"help.arrows": "Move among chats or messages",
	"help.send": "Send",
	"help.line": "New line",
	"help.editLast": "Change your last message, from an empty field",
	"help.mention": "Mention someone",
	"help.reply": "Reply to the message in focus",
	"help.edit": "Change your message in focus",
	"help.escape": "Close, or stop replying",
	"help.help": "Show these keys",
	"help.mac": "On a Mac, ⌘ stands for Ctrl and ⌥ for Alt.",
});
