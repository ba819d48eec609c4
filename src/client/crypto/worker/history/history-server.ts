/**
 * What handing on keys asks of the server: a place for the bytes that they travel in, which are sealed, and who is in a room.
 * Each call rejects with Unanswered where nobody answered, and with Refused where the server said no.
 */
export interface HistoryServer {
	/** Keeps bytes for whom a message to devices tells of them. Answers their `mxc://` address. */
	putFile(bytes: Uint8Array): Promise<string>;
	readFile(address: string): Promise<Uint8Array>;
	/** Undefined: they have nothing to do with the room, or left it. */
	membershipOf(roomId: string, userId: string): Promise<string | undefined>;
}
