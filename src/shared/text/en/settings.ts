import { addWords } from "../words.ts";

/** A person's own settings. */
export const settingsText = addWords({
	"you.title": "Settings",
	"you.signOut": "Sign out",
	"you.signOutTitle": "Sign out on this device?",
	"you.signOutText": "Everything has gone out. This device forgets your chats and drafts.",
	"you.signOutUnsent": {
		one: "{count} message, change or draft has not gone out yet. It will be lost.",
		other: "{count} messages, changes or drafts have not gone out yet. They will be lost.",
	},

	"profile.title": "Profile",
	"profile.id": "Your address",
	"profile.idHint": "People on {server} find you by it. It never changes.",
	"profile.name": "Name",
	"profile.nameHint": "What others see in chats and when they look for you.",
	"profile.nameSaved": "Saved. Your chats show it now.",
	"profile.nameNeeded": "A name needs at least one letter.",

	"picture.title": "Choose the part to show",
	"picture.hint": "Drag the picture and zoom. Others see what is in the circle.",
	"picture.move": "The picture. Arrow keys move it, plus and minus zoom.",
	"picture.zoom": "Zoom",
	"picture.use": "Use picture",
	"picture.choose": "Choose picture",
	"picture.change": "Change picture",
	"picture.remove": "Remove",
	"picture.unreadable": "This file is no picture that can be shown.",

	"assistant.title": "Assistant",

	"appearance.title": "Appearance",
	"appearance.letter": "A",
	"appearance.mode": "Mode",
	"appearance.device": "All of this is kept on this device alone.",
	"appearance.system": "As the device",
	"appearance.light": "Light",
	"appearance.dark": "Dark",
	"appearance.theme": "Chat theme",
	"appearance.sampleIn": "The boat leaves at nine. Shall I bring bread?",
	"appearance.sampleOut": "Yes please, and the good jam 🍓",
	"appearance.size": "Size of messages",
	"appearance.sizeValue": "{size} pixels",
	"appearance.compact": "Compact list",
	"appearance.compactHint": "More chats on a screen, with smaller pictures.",
	"appearance.still": "Less motion",
	"appearance.stillHint": "Nothing slides or fades, also where the device allows it.",

	"theme.tide": "Tide",
	"theme.dusk": "Dusk",
	"theme.moss": "Moss",
	"theme.harbour": "Harbour",
	"theme.lagoon": "Lagoon",
	"theme.pine": "Pine",
	"theme.plum": "Plum",
	"theme.slate": "Slate",
});
