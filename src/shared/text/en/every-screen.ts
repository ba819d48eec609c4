/** Words that every screen may use. */
export const everyScreenText = {
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

	"net.offline": "You’re offline. What you send waits here and goes out by itself.",
	"net.waiting": "Waiting for the network",

	"page.missingTitle": "This page does not exist",
	"page.missingText": "The address has a mistake, or the page has moved.",
} as const;
