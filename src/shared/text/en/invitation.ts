import { addWords } from "../words.ts";

/** An invitation, and what one may do about whoever sent it. */
export const invitationText = addWords({
	"invite.title": "{name} invites you",
	"invite.titleDirect": "{name} wants to chat with you",
	"invite.titleUnknown": "You’re invited",
	"invite.to": "to “{room}”",
	"invite.from": "From",
	"invite.server": "Server",
	"invite.ownServer": "Your own, {server}",
	"invite.text": "They will see your name once you join.",
	"invite.accept": "Join",
	"invite.reject": "Decline",
	"invite.block": "Block",
	"invite.blockLabel": "Block {name}",
	"invite.report": "Report",
	"invite.reportLabel": "Report {name}",
	"invite.blockTitle": "Block {name}?",
	"invite.blockText":
		"You get no more invitations from {userId}, and those that wait are declined. They aren’t told. You find everybody you block under Settings, Privacy.",
	"invite.reportTitle": "Report {name}",
	"invite.reportText": "Whoever runs {server} reads this. {name} isn’t told.",
	"invite.words": "What is wrong?",
	"invite.wordsHint": "Optional.",
	"invite.andBlock": "Block {name} too",
	"invite.andBlockHint": "You get no more invitations from them.",
	"invite.reported": "Reported. Whoever runs your server will see it.",
});
