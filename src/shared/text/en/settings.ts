/** A person's own settings. */
export const settingsText = {
	"you.title": "Settings",
	"you.server": "Account on {server}",
	"you.signOut": "Sign out",
	"you.signOutTitle": "Sign out on this device?",
	"you.signOutText": "Messages that have not gone out yet are dropped.",

	"profile.title": "Profile",
	"profile.id": "Your address",
	"profile.idHint": "People find you by it. It never changes.",

	"appearance.title": "Appearance",
	"appearance.mode": "Mode",
	"appearance.system": "As the device",
	"appearance.light": "Light",
	"appearance.dark": "Dark",
} as const;
