import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { getValue, isJsonArray, jsonObject } from "../../../federation/json/json-object.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";
import { maySend } from "./require-level.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

export interface SpaceRoomInput {
	readonly userId: UserId;
	readonly spaceId: RoomId;
	readonly roomId: RoomId;
}

/** So many servers are named as ways into a room. */
const mostVia = 3;

/**
 * Puts a room that the person is in into a space. With `opensToSpace` whoever is in the space may come into the room: it
 * becomes restricted in the same step, or stays open where it is, and names the space as its parent: a room that the space's
 * people do not come into by it tells nobody where it is listed. A room that is in the space already stays as it is.
 * Throws `bad-input` for what is no space, `not-a-member`, `forbidden`, `version-not-supported` for a room too old to be
 * restricted. Matrix v1.19 Client-Server API, "Managing rooms/spaces included in a space".
 */
export const addToSpace = async (
	dependencies: RoomsDependencies,
	{ userId, spaceId, roomId, opensToSpace }: SpaceRoomInput & { readonly opensToSpace: boolean },
): Promise<void> => {
	const { lane, remote, serverName } = dependencies;
	if (spaceId === roomId) throw new AppError("bad-input", { detail: "roomId" });
	const servers = await remote.serversIn(roomId);
	const via = [...new Set([serverName, ...servers])].slice(0, mostVia);
	await lane.submit({
		rooms: [spaceId, roomId],
		users: [userId],
		plan: (context) => {
			const space = spaceDraft(context.room(spaceId));
			const room = context.room(roomId);
			if (room.state("m.room.member", userId)?.content["membership"] !== "join") throw new AppError("not-a-member");
			if (opensToSpace) {
				openTo(room, { userId, spaceId });
				nameParent(room, { userId, spaceId, via: [serverName] });
			}
			if (isLinked(space, roomId)) return;
			space.add({ type: "m.space.child", stateKey: roomId, sender: userId, content: { via } });
		},
	});
};

/**
 * Takes a room out of a space; who may come into the room stays as it is. Where the person may change the room, it names the
 * space as its parent no more. Not being in it is success. Throws `forbidden`.
 */
export const removeFromSpace = async (
	{ lane, directory }: RoomsDependencies,
	{ userId, spaceId, roomId }: SpaceRoomInput,
): Promise<void> => {
	const isHere = (await directory.snapshot(roomId, [userId])) !== undefined;
	await lane.submit({
		rooms: isHere ? [spaceId, roomId] : [spaceId],
		users: [userId],
		plan: (context) => {
			const space = spaceDraft(context.room(spaceId));
			if (!isLinked(space, roomId)) return;
			space.add({ type: "m.space.child", stateKey: roomId, sender: userId, content: {} });
			if (!isHere) return;
			const room = context.room(roomId);
			const isNamed = namedServers(room, "m.space.parent", spaceId) > 0;
			if (!isNamed || !maySend(room, userId, "m.space.parent")) return;
			room.add({ type: "m.space.parent", stateKey: spaceId, sender: userId, content: {} });
		},
	});
};

const spaceDraft = (draft: RoomDraft): RoomDraft => {
	if (draft.row.kind !== "space") throw new AppError("bad-input", { detail: "spaceId" });
	return draft;
};

const isLinked = (space: RoomDraft, roomId: RoomId): boolean => namedServers(space, "m.space.child", roomId) > 0;

/** Through how many servers a link leads: none, where there is no link. */
const namedServers = (draft: RoomDraft, type: "m.space.child" | "m.space.parent", roomId: RoomId): number => {
	const via = getValue(draft.state(type, roomId)?.content ?? jsonObject(), "via");
	return isJsonArray(via) ? via.length : 0;
};

/** The first space that a room is opened to is its canonical one. Nothing changes where the person may not say so. */
const nameParent = (
	room: RoomDraft,
	{ userId, spaceId, via }: Pick<SpaceRoomInput, "userId" | "spaceId"> & { readonly via: readonly string[] },
): void => {
	const parents = [...room.head.state.values()].filter(({ event }) => event.type === "m.space.parent");
	const isNamed = namedServers(room, "m.space.parent", spaceId) > 0;
	if (isNamed || !maySend(room, userId, "m.space.parent")) return;
	const isFirst = !parents.some(({ event }) => getValue(event.content, "canonical") === true);
	const content = { via: [...via], ...(isFirst ? { canonical: true } : {}) };
	room.add({ type: "m.space.parent", stateKey: spaceId, sender: userId, content });
};

/** A room that everybody may join stays so, and one that is open to others stays open to them. */
const openTo = (room: RoomDraft, { userId, spaceId }: Pick<SpaceRoomInput, "userId" | "spaceId">): void => {
	const rules = room.state("m.room.join_rules")?.content ?? jsonObject();
	const rule = getValue(rules, "join_rule");
	if (rule === "public") return;
	if (!room.head.version.restrictedJoins) throw new AppError("version-not-supported");
	const known = getValue(rules, "allow");
	const allow = isJsonArray(known) ? known : [];
	const condition = { type: "m.room_membership", room_id: spaceId };
	const isOpen = allow.some((one) => JSON.stringify(one).includes(JSON.stringify(spaceId)));
	if (isOpen) return;
	const asks = rule === "knock" || rule === "knock_restricted";
	const isBoth = asks && room.head.version.knockRestricted;
	room.add({
		type: "m.room.join_rules",
		stateKey: "",
		sender: userId,
		content: { join_rule: isBoth ? "knock_restricted" : "restricted", allow: [...allow, condition] },
	});
};
