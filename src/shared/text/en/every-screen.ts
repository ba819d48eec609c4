import { addWords } from "../words.ts";

/** Words that every screen may use. */
export const everyScreenText = addWords({
	"app.name": "Kith",
	"app.home": "Kith, home",

	"common.back": "Back",
	"common.cancel": "Cancel",
	"common.close": "Close",
	"common.copy": "Copy",
	"common.copied": "Copied",
	"common.more": "More",
	"common.retry": "Try again",
	"common.save": "Save",
	"common.loading": "Loading",
	"common.you": "You",

	"nav.main": "Main",
	"nav.chats": "Chats",
	"nav.chatsUnread": { one: "Chats, {count} unread chat", other: "Chats, {count} unread chats" },
	"nav.people": "People",
	"nav.you": "You",
	"nav.toChats": "Back to chats",
	"nav.toSettings": "Back to settings",
	"nav.toConversation": "Back to the conversation",

	"net.waiting": "Waiting for the network",

	"room.unnamed": "Just you",
	"room.people": { one: "{count} person", other: "{count} people" },
	"room.deleted": "Message deleted",
	"room.closed": "Encrypted message",
	"room.photo": "Photo",
	"room.photoCaption": "Photo: {caption}",
	"room.verification": "Asked to verify each other",
	"room.unknown": "Something this version cannot show",

	"copy.copy": "Copy {what}",
	"copy.copied": "Copied",
	"secret.done": "Done",
	"lasting.day": "1 day",
	"lasting.week": "7 days",
	"lasting.month": "30 days",
	"lasting.forever": "No end",

	"admin.title": "Server",

	"common.failedTitle": "This didn’t load",

	"chat.today": "Today",
	"chat.yesterday": "Yesterday",

	"password.show": "Show",
	"password.hide": "Hide",
	"password.showLabel": "Show password",
	"password.hideLabel": "Hide password",

	"page.missingTitle": "This page does not exist",
	"page.missingText": "The address has a mistake, or the page has moved.",
});
