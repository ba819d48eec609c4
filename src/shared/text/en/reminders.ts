import { addWords } from "../words.ts";

/** What people want to be reminded of. */
export const remindersText = addWords({
	"reminders.title": "Reminders",
	"reminders.hint":
		"This device alone keeps them, sealed, and reminds you while Kith is open on it. Your server knows nothing of them.",
	"reminders.none":
		"You have none. “Remind me…” stands in the menu of every message, and beside what is to do in “Catch up”.",
	"reminders.coming": "To come",
	"reminders.done": "Done",
	"reminders.edit": "Change the reminder: {words}",
	"reminders.finish": "Mark as done: {words}",
	"reminders.delete": "Delete the reminder: {words}",
	"reminders.deleteAll": "Delete all that are done",

	"remind.me": "Remind me…",
	"remind.title": "Remind me",
	"remind.changeTitle": "Change the reminder",
	"remind.found": "This moment stands in the message. Look whether it is right.",
	"remind.foundDay": "This day stands in the message; the hour is a proposal.",
	"remind.proposed": "No moment to come stands in the message: this is a proposal.",
	"remind.what": "What",
	"remind.date": "Day",
	"remind.time": "Time",
	"remind.set": "Remind me",
	"remind.over": "That is over. Choose a moment to come.",
	"remind.missing": "Say what, and when.",
	"remind.bar": "Reminder",
	"remind.open": "Open",
	"remind.later": "In an hour",
	"remind.finish": "Done",
});
