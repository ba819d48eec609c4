import type { WireRoomSummary } from "../wire/room.ts";
import { text } from "./text.ts";

/** The name of a person who is known by id alone: the part before the colon, without the sign. */
export function localpartOf(userId: string): string {
	return userId.slice(1).split(":")[0] ?? userId;
}

/** The server that an id names: what stands behind the first colon. */
export function serverOf(userId: string): string {
	return userId.slice(userId.indexOf(":") + 1);
}

/** What a room is called: its own name, else the people in it. */
export function roomName(summary: Pick<WireRoomSummary, "name" | "heroes">): string {
	if (summary.name !== undefined && summary.name !== "") return summary.name;
	const names = summary.heroes.map((hero) => hero.displayName || localpartOf(hero.userId));
	return names.length === 0 ? text("room.unnamed") : names.join(", ");
}

/** Whose colour and letters the room's picture has: a direct chat shows the other person. */
export function roomPictureId(summary: Pick<WireRoomSummary, "kind" | "heroes" | "roomId">): string {
	return summary.kind === "direct" ? (summary.heroes[0]?.userId ?? summary.roomId) : summary.roomId;
}
