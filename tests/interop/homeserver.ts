/** A homeserver of any make, as the checks between servers see it. */
export interface Homeserver {
	/** The name in its identifiers. */
	readonly name: string;
	/** What it is: `Kith 0.2.0`, `Synapse 1.163.2`. */
	readonly software: string;
	/** Makes an account; the name is made unique. */
	register(name: string): Promise<Person>;
	/** Whether its list shows the public rooms that its people make; absent: it does. */
	listsRooms?(): Promise<boolean>;
	/** Lets other servers know who is there, and hears it of them; absent: it does so anyway, or never. */
	sharePresence?(): Promise<void>;
}

/** Somebody with an account, and what they do and see. Each act resolves once their own server has acknowledged it. */
export interface Person {
	readonly userId: string;
	createRoom(wishes: RoomWishes): Promise<string>;
	invite(roomId: string, userId: string): Promise<void>;
	/** By id or alias; `via`: servers that are in the room. */
	join(room: string, via?: readonly string[]): Promise<string>;
	/** Asks to be let in; `via`: servers that are in the room. */
	knock(roomId: string, via: readonly string[]): Promise<void>;
	/** Leaves, or turns an invitation down, or takes a knock back. */
	leave(roomId: string): Promise<void>;
	kick(roomId: string, userId: string): Promise<void>;
	ban(roomId: string, userId: string): Promise<void>;
	unban(roomId: string, userId: string): Promise<void>;
	setName(roomId: string, name: string): Promise<void>;
	setTopic(roomId: string, topic: string): Promise<void>;
	/** 0, 50 or 100. */
	setPower(roomId: string, userId: string, level: 0 | 50 | 100): Promise<void>;
	/** `restricted`: for whoever is in one of `rooms`. */
	setJoinRule(
		roomId: string,
		rule: "public" | "invite" | "restricted" | "knock",
		rooms?: readonly string[],
	): Promise<void>;
	/** Which servers are kept out; all others may take part. */
	setServerAcl(roomId: string, deny: readonly string[]): Promise<void>;
	/** A PNG. */
	setRoomPicture(roomId: string, content: Uint8Array): Promise<void>;
	/** The id of the room that takes the old one's place. */
	upgrade(roomId: string, version: RoomWishes["version"]): Promise<string>;
	/** Joins the room that took the place of one that they are in; its id. */
	follow(roomId: string): Promise<string>;
	/** Puts a room into a space; `via`: servers that are in the room. */
	addToSpace(spaceId: string, roomId: string, via: readonly string[]): Promise<void>;
	setDisplayName(name: string): Promise<void>;
	/** A PNG. */
	setPicture(content: Uint8Array): Promise<void>;
	/** Their event ids. */
	send(roomId: string, body: string, replyTo?: string): Promise<string>;
	edit(roomId: string, eventId: string, body: string): Promise<string>;
	react(roomId: string, eventId: string, key: string): Promise<string>;
	redact(roomId: string, eventId: string): Promise<string>;
	setTyping(roomId: string, isTyping: boolean): Promise<void>;
	markRead(roomId: string, eventId: string): Promise<void>;

	/** What the room is to them; undefined: nothing. */
	membership(roomId: string): Promise<string | undefined>;
	/** What everybody is to the room, as far as they were ever in it. */
	members(roomId: string): Promise<ReadonlyMap<string, string>>;
	displayNameIn(roomId: string, userId: string): Promise<string | undefined>;
	/** The picture by which they see somebody in the room, from their own server; undefined: none. */
	pictureIn(roomId: string, userId: string): Promise<Uint8Array | undefined>;
	/** The room's picture, from their own server; undefined: none. */
	roomPicture(roomId: string): Promise<Uint8Array | undefined>;
	/** The room that took this one's place, as they see it. */
	replacement(roomId: string): Promise<string | undefined>;
	/** Present name and topic. */
	details(roomId: string): Promise<{ readonly name: string | undefined; readonly topic: string | undefined }>;
	/** The newest messages that they can see, oldest first. */
	messages(roomId: string): Promise<readonly SeenMessage[]>;
	/** All messages from the beginning that they can see, oldest first: scrolls up to where nothing comes any more. */
	history(roomId: string): Promise<readonly SeenMessage[]>;
	/** The public rooms that another server lists, as far as the words fit. */
	publicRooms(server: string, words: string): Promise<readonly string[]>;
	/** The rooms that they may see in a space that they are in, in their order. */
	roomsInSpace(spaceId: string): Promise<readonly string[]>;
	/** What was written first from that time on, in milliseconds since the Unix epoch. */
	eventAt(roomId: string, ts: number): Promise<string>;
	/** Who writes now, besides themselves. */
	typing(roomId: string): Promise<readonly string[]>;
	/** Whether they see that somebody is there. */
	seesOnline(userId: string): Promise<boolean>;
	/** The newest event that somebody else has publicly read. */
	readUpTo(roomId: string, userId: string): Promise<string | undefined>;
	/** Follows what is new, as fast as their server tells it: `onText` gets what came over the wire. Returns the way to stop. */
	listen(onText: (text: string) => void): Promise<() => void>;
}

export interface RoomWishes {
	readonly version: "10" | "11" | "12";
	readonly name: string;
	readonly invite?: readonly string[];
	/** Absent: nobody comes in without an invitation. */
	readonly aliasLocalpart?: string;
	/** It gathers other rooms. */
	readonly isSpace?: boolean;
}

export interface SeenMessage {
	readonly eventId: string;
	readonly sender: string;
	/** As edited; undefined: deleted. */
	readonly body: string | undefined;
	readonly replyTo: string | undefined;
	/** By key, how many reacted. */
	readonly reactions: Readonly<Record<string, number>>;
}
