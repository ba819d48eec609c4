/** The room's setting and the reader's membership at one point of the room's history. */
export interface Standing {
	/** What is not understood counts as `shared`. */
	readonly visibility: string;
	/** `leave` for a person who never had a member event. */
	readonly membership: string;
}

/** What decides whether one event may be read. `before` and `after` differ for a visibility event and the reader's own member event. */
export interface EventStanding {
	readonly before: Standing;
	readonly after: Standing;
	/** The reader joined at some point after the event. */
	readonly joinsLater: boolean;
}

/** The setting of a room that has said nothing, and of one that said something nobody understands. */
export const defaultVisibility = "shared";

const knownVisibilities: ReadonlySet<string> = new Set(["world_readable", "shared", "invited", "joined"]);

/** Reads the setting out of an event's content. */
export const visibilityOf = (value: unknown): string =>
	typeof value === "string" && knownVisibilities.has(value) ? value : defaultVisibility;

/**
 * Whether a reader may see an event: by the state before it or after it, whichever lets them.
 * Matrix v1.19 Client-Server API, "Room History Visibility", "Server behaviour".
 */
export const mayReadEvent = ({ before, after, joinsLater }: EventStanding): boolean =>
	mayRead(before, joinsLater) || mayRead(after, joinsLater);

const mayRead = ({ visibility, membership }: Standing, joinsLater: boolean): boolean => {
	if (membership === "join") return true;
	switch (visibilityOf(visibility)) {
		case "world_readable":
			return true;
		case "shared":
			return joinsLater;
		case "invited":
			return membership === "invite";
		default:
			return false;
	}
};
