import { addWords } from "../words.ts";

/** What a person lets others know. */
export const privacyText = addWords({
	"privacy.title": "Privacy",
	"privacy.messages": "In chats",
	"privacy.bothWays": "Both work both ways: what you don’t show of yourself, you don’t see of others.",
	"privacy.readReceipts": "Read receipts",
	"privacy.readReceiptsHint": "Others see how far you have read.",
	"privacy.typing": "Typing",
	"privacy.typingHint": "Others see that you’re writing, before you send.",
	"privacy.lastSeen": "Online and last seen",
	"privacy.lastSeenHint": "It works both ways, and holds on all of your devices.",
	"privacy.everyone": "Everyone",
	"privacy.everyoneHint": "People in your direct chats and small groups see when you’re here and when you last were.",
	"privacy.nobody": "Nobody",
	"privacy.nobodyHint": "Nobody sees it of you, and you see it of nobody.",
	"privacy.blocked": "Blocked people",
	"privacy.blockedHint": "They can’t invite you. You block somebody at their invitation.",
	"privacy.blockedNobody": "You block nobody.",
	"privacy.blockedFailed": "The list didn’t load.",
	"privacy.blockedSince": "Since {date}",
	"privacy.unblock": "Unblock",
	"privacy.unblockLabel": "Unblock {userId}",
	"privacy.notSaved": "That wasn’t saved.",
});
