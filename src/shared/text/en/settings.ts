/** A person's own settings. */
export const settingsText = {
	"you.title": "Settings",
	"you.signOut": "Sign out",
	"you.signOutTitle": "Sign out on this device?",
	"you.signOutText": "Messages that have not gone out yet are dropped.",

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

	"appearance.title": "Appearance",
	"appearance.mode": "Mode",
	"appearance.system": "As the device",
	"appearance.light": "Light",
	"appearance.dark": "Dark",
} as const;
