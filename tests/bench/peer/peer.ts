/** A server to compare with: the calls that are measured on both. */
export interface Peer {
	readonly name: string;
	/** Makes accounts that nobody has yet. */
	addPeople(count: number): Promise<readonly PeerPerson[]>;
}

export interface PeerPerson {
	/** Makes a public room. */
	createRoom(): Promise<string>;
	join(roomId: string): Promise<void>;
	send(roomId: string, body: string): Promise<void>;
}
