import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { answering, press, read, type Screen, see } from "./screen.ts";

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

/** What people see of rooms on other servers. */
export function elsewhereScreens({ viewer: person }: FilledServer): readonly Screen[] {
	const path = `/rooms?on=${server}`;
	const listed = answering({ "rooms.directoryElsewhere": { items: list, nextCursor: "more" } });
	return [
		{ name: "rooms-of-other-server", path, person, arrange: listed, prepare: (page) => see(page, "Show more rooms") },
		{ name: "rooms-of-unknown-server", path, person, prepare: (page) => see(page, "Try again") },
		{ name: "rooms-naming-server", path: "/rooms", person, prepare: nameServer },
	];
}

async function nameServer(page: Page): Promise<void> {
	await read(page, "Market square");
	await press(page, "Another server");
	await page.getByRole("textbox", { name: "Server", exact: true }).fill("not a server");
	await press(page, "Show its rooms");
	await read(page, "That is no name of a server.");
}
