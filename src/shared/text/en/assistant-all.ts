import { addWords } from "../words.ts";

/** A question to all chats. */
export const assistantAllText = addWords({
	"all.title": "Ask all your chats",
	"all.label": "Ask all your chats",
	"all.leadTitle": "A question to all your chats",
	"all.lead":
		"This device looks through your newest chats for what may answer it, and shows you what it would send. Each chat is asked by itself: nothing of one is told in another, and only you see the answer.",
	"all.looking": "Looking in {name}",
	"all.lookingFirst": "Looking through your chats",
	"all.asking": "Asking about {name}",
	"all.nothing": "None of your chats shares a telling word with this question.",
	"all.noChats": "There are no chats yet.",
	"all.nowhere": "The assistant is off in all your chats.",
	"all.looked": "Looked through {messages} in {chats}.",
	"all.off": "Left out, because the assistant is off there: {names}.",
	"all.offMore": { one: "{names} and {count} other chat", other: "{names} and {count} other chats" },
	"all.chats": { one: "{count} chat", other: "{count} chats" },
	"all.unknownIn": "Nothing there answers it.",
	"all.notAsked": "Not asked any more.",
	"all.uncited": {
		one: "{count} line without a message behind it is left out.",
		other: "{count} lines without a message behind them are left out.",
	},
	"all.none": "None of these chats answers it.",
	"all.forget": "Remove",

	"allConsent.title": "Send {messages} of {chats} to {host}?",
	"allConsent.ownTitle": "Give {messages} of {chats} to the AI on {host}?",
	"allConsent.deviceLead":
		"The AI on this device reads one chat after the other, each for one answer. Nothing of it goes to {server} or any other server.",
	"allConsent.networkLead":
		"It goes from this browser straight to {host} in your network, one chat after the other, and nothing of it to {server} or any other server.",
	"allConsent.serverLead":
		"The AI there reads one chat after the other, each for one answer, and keeps none of it. That server can see the text while it works.",
	"allConsent.exactly": "Exactly this of {name}",
	"allConsent.none": "Choose a chat",
	"allConsent.rooms": "Chats",
});
