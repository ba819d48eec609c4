import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { getObject, jsonObject, withKey, withoutKeys } from "../../../federation/json/json-object.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireRole } from "../../shared/wire/room.ts";
import { roleLevels } from "./room-template.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

export interface SetRoleInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
	readonly targetId: UserId;
	readonly role: Exclude<WireRole, "owner">;
}

/** Gives a member a role by their power level. What may be given by whom is decided by the authorization rules. */
export const setRole = async (dependencies: RoomsDependencies, input: SetRoleInput): Promise<void> => {
	await dependencies.lane.submit({
		rooms: [input.roomId],
		users: [input.userId, input.targetId],
		plan: (context) => {
			const draft = context.room(input.roomId);
			if (draft.state("m.room.member", input.targetId)?.content["membership"] !== "join") {
				throw new AppError("not-a-member");
			}
			const content = draft.state("m.room.power_levels")?.content ?? jsonObject();
			const users = getObject(content, "users") ?? jsonObject();
			const level = roleLevels[input.role];
			const changed = level === 0 ? withoutKeys(users, [input.targetId]) : withKey(users, input.targetId, level);
			if (users[input.targetId] === changed[input.targetId]) return;
			draft.add({
				type: "m.room.power_levels",
				stateKey: "",
				sender: input.userId,
				content: withKey(content, "users", changed),
			});
		},
	});
};
