import { addWords } from "../words.ts";

/** Coming into a room from outside: invite links and public rooms. */
export const joinText = addWords({
	"join.title": "Invitation",
	"join.by": "{name} invites you to",
	"join.unnamed": "A group",
	"join.open": "Open the chat",
	"join.signIn": "I have an account",
	"join.comesBack": "You come back here afterwards.",
	"join.banned": "You were banned from this chat. Only someone who runs it can let you in.",
	"join.noneTitle": "No invitation here",
	"join.noneText": "Open the whole link that you were sent.",
	"join.deadTitle": "This invitation doesn’t work any more",
	"join.deadText": "It was used up, ended or taken back. Ask for a new one.",
	"join.failedTitle": "The invitation didn’t load",

	"rooms.title": "Find a room",
	"rooms.hint": "Public rooms, also elsewhere",
	"rooms.search": "Name, topic or #name:server",
	"rooms.list": "Public rooms",
	"rooms.join": "Join",
	"rooms.open": "Open",
	"rooms.more": "Show more rooms",
	"rooms.elsewhere": "A room on {server}",
	"rooms.emptyTitle": "No public rooms yet",
	"rooms.emptyText": "Make one: a new group that everybody may join.",
	"rooms.noneTitle": "No room found",
	"rooms.noneText": "No public room fits “{text}”.",
	"rooms.failedTitle": "Rooms didn’t load",
	"rooms.missingTitle": "No such room",
	"rooms.missingText": "Nothing public has this address. If it is by invitation, someone in it can let you in.",
	"rooms.toDirectory": "See all public rooms",
});
