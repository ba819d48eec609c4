/** Where a room's conversation is. Room ids hold `!` and `:`, so they are percent-encoded. */
export function roomAddress(roomId: string): string {
	return `/chat/${encodeURIComponent(roomId)}`;
}

/** Where the information about a room is. */
export function roomInfoAddress(roomId: string): string {
	return `${roomAddress(roomId)}/info`;
}

/** Where a message is. */
export function eventAddress(roomId: string, eventId: string): string {
	return `${roomAddress(roomId)}/${encodeURIComponent(eventId)}`;
}
