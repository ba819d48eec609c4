import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { parseRoomId } from "../../../../federation/identifiers/room-id.ts";
import { getString, getValue, isJsonArray, isJsonObject, jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../federation/json/json-value.ts";
import type { RoomSummary } from "./ports.ts";

/**
 * What a room shows of itself to those who are not in it, under the names of the wire.
 * Matrix v1.19 Client-Server API, "GET /publicRooms" and "Spaces".
 */
export const summaryJson = (room: RoomSummary): JsonObject => {
	const content = (type: string, key: string): string | undefined => {
		const event = room.state.get(type);
		return event === undefined ? undefined : getString(event, key);
	};
	const members: [string, JsonValue | undefined][] = [
		["room_id", room.roomId],
		["name", room.name],
		["topic", room.topic],
		["avatar_url", room.avatarUrl],
		["canonical_alias", content("m.room.canonical_alias", "alias")],
		["num_joined_members", room.joinedCount],
		["join_rule", room.joinRule],
		["world_readable", room.isWorldReadable],
		["guest_can_join", content("m.room.guest_access", "guest_access") === "can_join"],
		["room_type", content("m.room.create", "type")],
		["encryption", content("m.room.encryption", "algorithm")],
		["room_version", room.version],
	];
	return jsonObject(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
};

/** False: the room is for people of its own server alone. */
export const isFederated = ({ state }: RoomSummary): boolean => {
	const create = state.get("m.room.create");
	return create === undefined || getValue(create, "m.federate") !== false;
};

/** The rooms whose members may join, where the room says so. */
export const allowedRoomIds = ({ state, joinRule }: RoomSummary): readonly RoomId[] => {
	const rules = state.get("m.room.join_rules");
	const allow = rules === undefined ? undefined : getValue(rules, "allow");
	if (!isJsonArray(allow) || !/^(knock_)?restricted$/.test(joinRule)) return [];
	return allow.flatMap((condition) => {
		if (!isJsonObject(condition) || getString(condition, "type") !== "m.room_membership") return [];
		return parseRoomId(getString(condition, "room_id") ?? "") ?? [];
	});
};
