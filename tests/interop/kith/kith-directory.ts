import { hierarchyOutput, publicRoomsElsewhereOutput } from "../../../src/shared/wire/directory-calls.ts";
import { atDateOutput } from "../../../src/shared/wire/message-calls.ts";
import type { ApiCaller } from "../../server-process/api-caller.ts";
import type { Person } from "../homeserver.ts";

/** What somebody on a Kith finds of rooms elsewhere, and of days long ago. */
export const kithDirectory = (
	caller: ApiCaller,
): Pick<Person, "addToSpace" | "publicRooms" | "roomsInSpace" | "eventAt"> => ({
	addToSpace: async (spaceId, roomId) => void (await caller.mutate("rooms.addToSpace", { spaceId, roomId })),
	publicRooms: async (server, text) => {
		const found: string[] = [];
		let cursor: string | undefined;
		do {
			const input = { server, text, ...(cursor === undefined ? {} : { cursor }) };
			const page = publicRoomsElsewhereOutput.parse(await caller.query("rooms.directoryElsewhere", input));
			found.push(...page.items.map(({ roomId }) => roomId));
			cursor = page.nextCursor;
		} while (cursor !== undefined);
		return found;
	},
	roomsInSpace: async (roomId) => {
		const { items } = hierarchyOutput.parse(await caller.query("rooms.hierarchy", { roomId }));
		return items.filter(({ depth }) => depth > 0).map((room) => room.roomId);
	},
	eventAt: async (roomId, ts) => atDateOutput.parse(await caller.query("messages.atDate", { roomId, ts })).eventId,
});
