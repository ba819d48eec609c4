/** Where a room's conversation is. Room ids hold `!` and `:`, so they are percent-encoded. */
export function roomAddress(roomId: string): string {
	return `/chat/${encodeURIComponent(roomId)}`;
}

/** Where a public room shows itself to people who are not in it: by its address or id, and where it is elsewhere by whom to ask. */
export function publicRoomAddress(room: string, via: readonly string[] = []): string {
	const query = via.map((server) => `via=${encodeURIComponent(server)}`).join("&");
	return `/room/${encodeURIComponent(room)}${query && `?${query}`}`;
}

/** Where the information about a room is. */
export function roomInfoAddress(roomId: string): string {
	return `${roomAddress(roomId)}/info`;
}

/** Where a message is. */
export function eventAddress(roomId: string, eventId: string): string {
	return `${roomAddress(roomId)}/${encodeURIComponent(eventId)}`;
}

/** What stands behind a room's address while its summary is open. */
export const catchUpPart = "catch-up";

/** Where the summary of a room is, and where a message is beside it. */
export function catchUpAddress(roomId: string, eventId?: string): string {
	const address = `${roomAddress(roomId)}/${catchUpPart}`;
	return eventId === undefined ? address : `${address}/${encodeURIComponent(eventId)}`;
}
