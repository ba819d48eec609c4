import { addWords } from "../words.ts";

/** Where words go that are given to the assistant, in plain words: nothing stands here that this build does not do. */
export const assistantPlacesText = addWords({
	"places.title": "Where your text goes",
	"places.lead":
		"What is written in an encrypted chat only the people in it can read. What you give the assistant leaves that encryption, for one answer. This is where it goes.",
	"places.none": "{host} has no assistant. Nothing that you or others write is given to an AI there.",
	"places.asking": "Asking {host}",

	"places.personal": "Personal",
	"places.personalState": "How the assistant works here",
	"places.personal1":
		"This device picks the messages and shows you every one of them first. Nothing is sent before you say so, unless you said in that chat that you need not be asked.",
	"places.personal2":
		"They go to {host}, and from there to the AI that its owner set up, which runs on Ollama. Kith has no other way to an AI, and asks no company.",
	"places.personal3":
		"{host} holds them in memory for that one answer, and the answer for five minutes. Neither is ever in its database, its logs or an address.",
	"places.personal4":
		"While it works, {host} can read them, and so could whoever runs it. The other people in the chat are not told each time.",
	"places.personal5": "Only you see the answer. It stays in the memory of this page until you close it.",

	"places.off": "Off",
	"places.offState": "How encrypted chats begin",
	"places.off1": "Nothing of that chat can be given to the assistant: the app doesn’t offer it, and {host} refuses it.",
	"places.off2": "Whoever decides about the chat’s settings can change it, and everybody in the chat sees that.",
	"places.off3":
		"People whose account is on another server use that server’s assistant. It is asked to keep to “Off”; nobody can force it to.",

	"places.bot": "As a member of the chat",
	"places.botState": "Only where a chat’s administrators ask it in",
	"places.bot1":
		"It has a device on {host}, for which everybody’s messages are sealed too. {host} can read what is written from the moment it comes, and nothing from before.",
	"places.bot2":
		"A line under the chat’s name says so as long as it is there. It stands among the people of the chat, and leaves when the administrators choose something else.",
	"places.bot3":
		"What it read is in the memory of {host} alone, and is gone with the chat or the next start. Its answers are messages like any other, sealed where the chat is.",

	"places.own": "An AI of your own",
	"places.ownState": "Only if you name one, on this device",
	"places.own1":
		"This browser asks the Ollama that you named, on this device or in your network. Nothing of what you give it goes to {host} or any other server of Kith, and {host} doesn’t know that you asked.",
	"places.own2":
		"It takes the place of {host}’s AI for everything in your chats, also for answering for you. Questions about Kith itself still go to {host}.",
	"places.own3":
		"Where somebody chose “Off” for a chat, it isn’t used either. Where nobody chose, encrypted chats are off because text would leave their encryption: an AI on this device may be asked there, one elsewhere in your network may not.",
	"places.own4":
		"{host} is told the address of your Ollama when this browser asks for the part that may reach it, and keeps it nowhere.",

	"places.meaning": "Finding by meaning",
	"places.meaningState": "Only if you switch it on, for chats that you choose, on this device",
	"places.meaning1":
		"The text of every message of such a chat that this device has goes to {host} while “Catch up” is open there, and so does what you ask. {host} makes numbers of it and keeps neither.",
	"places.meaning2":
		"The numbers lie on this device, sealed. They are deleted when you take it back, and where the chat’s people choose “Off”.",

	"places.kept": "What is kept",
	"places.kept1":
		"For 90 days {host} keeps that you asked: when, in which chat, what kind of help, how many messages and the ids of the first and last one, how long it took and how it ended. No word of any message or answer.",
	"places.kept2": "This device keeps in which chats you don’t want to be asked again.",
	"places.auto": "Answering for you",
	"places.autoState": "Only if you switch it on, on this device",
	"places.auto1":
		"The last messages of whoever writes to you, and your note, go to {host} without a question each time. What comes back is sent to that person, marked as automatic, before you see it.",
	"places.auto2": "Nothing of any other chat or person goes along.",
	"places.help": "Questions about Kith itself",
	"places.help1":
		"Only your question is sent. It is answered from the documents that come with Kith, and no chat is read.",
});
