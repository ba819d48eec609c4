import { addWords } from "../words.ts";

/** A community: a room that gathers others. */
export const spaceText = addWords({
	"space.rooms": "Rooms in this community",
	"space.emptyTitle": "No rooms in it yet",
	"space.emptyText": "Nothing of this community is for you to see so far.",
	"space.emptyOwnText": "Put in a group that you are in, and people find it here.",
	"space.unreached": {
		one: "{count} room is on a server that can’t be reached now.",
		other: "{count} rooms are on servers that can’t be reached now.",
	},
	"space.failedTitle": "Its rooms didn’t load",
	"space.add": "Add a room",
	"space.addTitle": "Add a room to {name}",
	"space.addLead": "Whoever may see the room finds it in the community.",
	"space.search": "Find one of your rooms",
	"space.noneToAdd": "You’re in no room that could be added. Make a group first.",
	"space.noneFits": "None of your rooms is called “{text}”.",
	"space.opens": "People of the community may join it",
	"space.opensHint": "Without an invitation. It takes the right to decide who joins the room.",
	"space.menu": "What to do with {name}",
	"space.remove": "Take out of the community",

	"newSpace.title": "New community",
	"newSpace.hint": "Several rooms under one roof",
	"newSpace.name": "Name of the community",
	"newSpace.invite": "People who are invited",
	"newSpace.inviteHint": "A club, a school, a company.",
	"newSpace.public": "Everybody",
	"newSpace.publicHint": "It stands in the list of public rooms, for other servers too.",
	"newSpace.submit": "Create community",
	"newSpace.needsName": "A community needs a name.",
});
