import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { addressOf, answering, dialogOf, press, read, refusing, type Screen, see } from "./screen.ts";

const server = "orchestra.example";

const room = (localpart: string, words: Readonly<Record<string, unknown>>) => ({
	roomId: `!${localpart}:${server}`,
	alias: `#${localpart}:${server}`,
	joinRule: "public",
	isSpace: false,
	via: [server],
	...words,
});

const list = [
	room("choir", {
		name: "Choir",
		joinedCount: 214,
		topic: "Who sings what, and when we meet. New voices are welcome, low ones above all.",
	}),
	room("instruments", { name: "Instruments to lend", joinedCount: 96, topic: "Ask before you buy." }),
	room("board", { name: "Board", joinedCount: 9, joinRule: "knock", topic: "Ask to be let in." }),
	room("houses", { name: "Concert houses of the region", joinedCount: 41, isSpace: true }),
];

const houses = {
	...room("houses", { name: "Concert houses of the region", joinedCount: 41, isSpace: true }),
	topic: "One place for all houses, their halls and who plays where.",
	...{ depth: 0, isSuggested: false },
};

const inHouses = [
	{ ...room("instruments", { name: "Instruments to lend", joinedCount: 96 }), depth: 1, isSuggested: true },
	{ ...room("board", { name: "Board", joinedCount: 9, joinRule: "knock" }), depth: 1, isSuggested: false },
	{ ...room("halls", { name: "Halls", joinedCount: 12, isSpace: true }), depth: 1, isSuggested: false },
];

/** What people see of rooms on other servers, and of communities. */
export function elsewhereScreens({
	viewer: person,
	newcomer,
	spaceId,
	replacedRoomId,
}: FilledServer): readonly Screen[] {
	const path = `/rooms?on=${server}`;
	const listed = answering({ "rooms.directoryElsewhere": { items: list, nextCursor: "more" } });
	return [
		{ name: "rooms-of-other-server", path, person, arrange: listed, prepare: (page) => see(page, "Show more rooms") },
		{ name: "rooms-of-unknown-server", path, person, prepare: (page) => see(page, "Try again") },
		{ name: "community", path: addressOf(spaceId), person, prepare: (page) => see(page, "Add a room") },
		{ name: "community-add-room", path: addressOf(spaceId), person, prepare: addRoom },
		{
			name: "community-before-joining",
			path: `/room/${encodeURIComponent(spaceId)}`,
			person: newcomer,
			prepare: (page) => read(page, "Market square"),
		},
		{
			name: "community-elsewhere",
			path: `/room/${encodeURIComponent(`!houses:${server}`)}?via=${server}`,
			person,
			arrange: answering({
				"rooms.preview": houses,
				"rooms.hierarchy": { items: [houses, ...inHouses], unreachedCount: 2 },
			}),
			prepare: (page) => read(page, "Instruments to lend"),
		},
		{
			name: "replaced-room",
			path: addressOf(replacedRoomId),
			person,
			prepare: (page) => see(page, "Go to the new room"),
		},
		{
			name: "replaced-room-asks",
			path: addressOf(replacedRoomId),
			person,
			arrange: refusing("rooms.followUpgrade"),
			prepare: followToTheDoor,
		},
		{
			name: "replaced-room-closed",
			path: addressOf(replacedRoomId),
			person,
			arrange: refusing("rooms.followUpgrade"),
			prepare: followInVain,
		},
		{ name: "new-community", path: "/new-space", person, prepare: nameSpace },
		{ name: "rooms-naming-server", path: "/rooms", person, prepare: nameServer },
	];
}

async function addRoom(page: Page): Promise<void> {
	await press(page, "Add a room");
	await (await dialogOf(page)).getByRole("searchbox").fill("class");
}

async function followToTheDoor(page: Page): Promise<void> {
	await press(page, "Go to the new room");
	await read(page, "lets nobody in by themselves");
}

async function followInVain(page: Page): Promise<void> {
	await followToTheDoor(page);
	await press(page, "Ask to be let in");
	await read(page, "takes people by invitation");
}

async function nameSpace(page: Page): Promise<void> {
	await page.getByLabel("Name of the community").fill("Bicycle workshop");
}

async function nameServer(page: Page): Promise<void> {
	await read(page, "Market square");
	await press(page, "Another server");
	await page.getByRole("textbox", { name: "Server", exact: true }).fill("not a server");
	await press(page, "Show its rooms");
	await read(page, "That is no name of a server.");
}
