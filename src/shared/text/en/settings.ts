/** A person's own settings. */
export const settingsText = {
	"you.title": "You",
	"you.server": "Account on {server}",
	"you.signOut": "Sign out",
	"you.signOutTitle": "Sign out on this device?",
	"you.signOutText": "Messages that have not gone out yet are dropped.",
} as const;
