import { addWords } from "../words.ts";

/** Answering by itself. */
export const autoReplyText = addWords({
	"autoReply.title": "Answer for me",
	"autoReply.switch": "Answer for me while I’m away",
	"autoReply.off": "Off. Nothing is ever sent without you.",
	"autoReply.on": "On since {time}. It goes off by itself when you write something.",
	"autoReply.wrote": "It went off because you wrote something.",
	"autoReply.hint":
		"It works while Kith is open on this device, in chats of two where the assistant is on. Each person gets one answer within four hours, marked as automatic.",
	"autoReply.askTitle": "Answer for you on this device?",
	"autoReply.askLead":
		"When somebody writes to you, their last messages and your note go to the AI on {host}, and what it writes is sent to them at once: you don’t see it before.",
	"autoReply.note": "What it may say",
	"autoReply.noteHint": "For example: I’m in the mountains until Monday; in an emergency call the office.",
	"autoReply.rule1": "Only in chats of two in which the assistant is on; never in groups.",
	"autoReply.rule2": "One answer to each person within four hours, marked “Automatic reply (AI)”.",
	"autoReply.rule3": "Never to bots, and never to other automatic replies.",
	"autoReply.rule4": "It goes off when you write something, on any of your devices, and when you switch it off.",
	"autoReply.rule5": "Only while Kith is open here: nothing else can read your encrypted chats.",
	"autoReply.action": "Switch on",
	"autoReply.sent": "What was sent",
	"autoReply.nothing": "Nothing yet.",
	"autoReply.today": "today {time}",
	"autoReply.to": "To {name}, {time}",
	"autoReply.problem": "The last answer could not be written. {why}",
	"autoReply.failed": "The server didn’t take it.",
	"autoReply.bar": "Kith answers for you on this device.",
	"autoReply.barLabel": "Automatic replies",
	"autoReply.stop": "Switch off",
	"autoReply.body": "Automatic reply (AI): {words}",
	"autoReply.instruction":
		"I am away. Answer the other person shortly and politely for me. Say nothing but what this note says, and that I will write myself later; promise nothing. The note: {note}",
});
