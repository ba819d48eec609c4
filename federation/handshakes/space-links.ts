/**
 * The links from a space to the rooms in it: which ones stand, and in which order.
 * Source: Matrix v1.19 Client-Server API, "Spaces", "Ordering of children within a space".
 */

import type { RoomId, ServerName } from "../identifiers/identifier-types.ts";
import { parseServerName } from "../identifiers/server-name.ts";
import { getString, getValue, isJsonArray } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { readRoomId } from "./told-room.ts";

/** A link as it is in the state of the space. */
export interface SpaceLink {
	/** The state key, as it came. */
	readonly roomId: string;
	readonly content: JsonObject;
	/** Milliseconds since the Unix epoch. */
	readonly originServerTs: number;
}

/** A link that leads somewhere. */
export interface SpaceChildLink {
	readonly roomId: RoomId;
	/** Servers through which the room can be reached, at most so many as are worth asking. */
	readonly via: readonly ServerName[];
	readonly isSuggested: boolean;
}

/** Links that say by which servers the room can be joined; one that does not was taken away. */
export const linksInOrder = <Link extends SpaceLink>(links: readonly Link[]): readonly Link[] =>
	links
		.filter(({ content }) => {
			const via = getValue(content, "via");
			return isJsonArray(via) && via.length > 0;
		})
		.toSorted((one, other) => compare(placeOf(one), placeOf(other)));

const mostVia = 3;

/** Where a link leads; undefined: to no room. */
export const readLink = ({ roomId, content }: SpaceLink): SpaceChildLink | undefined => {
	const id = readRoomId(roomId);
	if (id === undefined) return undefined;
	const named = getValue(content, "via");
	const via = (isJsonArray(named) ? named.slice(0, 20) : []).flatMap((name) =>
		typeof name === "string" ? (parseServerName(name) ?? []) : [],
	);
	return {
		roomId: id,
		via: [...new Set(via)].slice(0, mostVia),
		isSuggested: getValue(content, "suggested") === true,
	};
};

/** By `order` where it is one, then by age, then by id. */
const placeOf = ({ content, originServerTs, roomId }: SpaceLink): readonly (string | number)[] => {
	const order = getString(content, "order");
	const isOrder = order !== undefined && /^[\x20-\x7e]{1,50}$/.test(order);
	return [isOrder ? 0 : 1, isOrder ? order : "", originServerTs, roomId];
};

const compare = (one: readonly (string | number)[], other: readonly (string | number)[]): number => {
	for (const [at, value] of one.entries()) {
		const against = other[at] ?? value;
		if (value !== against) return value < against ? -1 : 1;
	}
	return 0;
};
