import { isServerAllowed } from "../../../../federation/authorization/server-acl.ts";
import { notFound } from "../../../../federation/handshakes/refusal.ts";
import { linksInOrder } from "../../../../federation/handshakes/space-links.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import { getValue, jsonObject, withKey } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomQuestion } from "./admit-server.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";
import type { AskedSummary, SpaceChild } from "./ports.ts";
import { allowedRoomIds, isFederated, summaryJson } from "./room-summary.ts";

/** Of one space; the first in its order. */
const mostChildren = 100;

/**
 * `GET /hierarchy/{roomId}`: a space and the rooms in it, as far as somebody of the asking server could join or read them.
 * Rooms that this server does not have are left out, the others that are out of reach are named.
 */
export const answerHierarchy = async (
	dependencies: AnsweringDependencies,
	question: RoomQuestion & { readonly isSuggestedOnly: boolean },
): Promise<Answer> => {
	const { store } = dependencies;
	const { origin } = question;
	const roomId = parseRoomId(question.roomId);
	const [space] = roomId === undefined ? [] : await store.summariesOf([roomId], origin);
	const [isShown] = space === undefined ? [false] : await areWithinReach(dependencies, origin, [space]);
	if (space === undefined || isShown !== true) return notFound("This server has no such room for yours");
	const links = linksInOrder(await store.childrenOf(space.roomId)).filter(
		({ content }) => !question.isSuggestedOnly || getValue(content, "suggested") === true,
	);
	const shownLinks = links.slice(0, mostChildren);
	const children = await store.summariesOf(roomIdsOf(shownLinks), origin);
	const reachable = await areWithinReach(dependencies, origin, children);
	return {
		kind: "answered",
		content: jsonObject([
			["room", withKey(withConditions(space), "children_state", shownLinks.map(linkJson))],
			["children", children.filter((_, at) => reachable[at]).map(withConditions)],
			["inaccessible_children", children.filter((_, at) => !reachable[at]).map((room) => room.roomId)],
		]),
	};
};

/** Whether somebody of the server could join or read each of the rooms. */
const areWithinReach = async (
	{ store }: AnsweringDependencies,
	origin: ServerName,
	rooms: readonly AskedSummary[],
): Promise<readonly boolean[]> => {
	const conditions = [...new Set(rooms.flatMap(allowedRoomIds))];
	const met = conditions.length === 0 ? new Set<RoomId>() : await store.roomsWith(conditions, origin);
	return rooms.map((room) => {
		if (!isFederated(room) || !isServerAllowed(room.state.get("m.room.server_acl"), origin)) return false;
		const isOpen = room.isWorldReadable || /^(public|knock|knock_restricted)$/.test(room.joinRule);
		return isOpen || room.isInside || allowedRoomIds(room).some((roomId) => met.has(roomId));
	});
};

const roomIdsOf = (links: readonly SpaceChild[]): readonly RoomId[] =>
	links.flatMap(({ roomId }) => parseRoomId(roomId) ?? []);

const withConditions = (room: AskedSummary): JsonObject => {
	const allowed = allowedRoomIds(room);
	return allowed.length === 0 ? summaryJson(room) : withKey(summaryJson(room), "allowed_room_ids", allowed);
};

const linkJson = ({ roomId, sender, content, originServerTs }: SpaceChild): JsonObject =>
	jsonObject([
		["type", "m.space.child"],
		["state_key", roomId],
		["sender", sender],
		["content", content],
		["origin_server_ts", originServerTs],
	]);
