import type { ClientState, Me } from "./client-state.ts";

type Rooms = ClientState["rooms"];
type Pictures = ReadonlyMap<string, string>;

let lastRooms: Rooms | undefined;
let lastMe: Me | undefined;
let last: Pictures = new Map();

/**
 * Pictures of the chat list and of oneself, by the id of the room or person. The same map while none of them changed, so
 * that a new message paints no picture again.
 */
export function selectPictures({ rooms, me }: ClientState): Pictures {
	if (rooms === lastRooms && me === lastMe) return last;
	lastRooms = rooms;
	lastMe = me;
	const found = findPictures(rooms, me);
	if (!areEqual(found, last)) last = found;
	return last;
}

/** Pictures of a room's people. */
export function picturesOf(
	members: readonly { readonly userId: string; readonly avatarUrl?: string | undefined }[] | undefined,
): Pictures {
	const shown = members?.flatMap(({ userId, avatarUrl }) =>
		avatarUrl === undefined ? [] : [[userId, avatarUrl] as const],
	);
	return new Map(shown);
}

function findPictures(rooms: Rooms, me: Me | undefined): Pictures {
	const found = new Map<string, string>();
	for (const { roomId, summary, pictures } of rooms.values()) {
		for (const [userId, url] of pictures ?? []) found.set(userId, url);
		if (summary?.avatarUrl !== undefined && summary.kind !== "direct") found.set(roomId, summary.avatarUrl);
		for (const { userId, avatarUrl } of summary?.heroes ?? [])
			if (avatarUrl !== undefined) found.set(userId, avatarUrl);
	}
	if (me?.avatarUrl !== undefined) found.set(me.userId, me.avatarUrl);
	return found;
}

function areEqual(one: Pictures, other: Pictures): boolean {
	return one.size === other.size && [...one].every(([id, url]) => other.get(id) === url);
}
