import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

export interface SetRoomStateInput {
	readonly userId: UserId;
	readonly roomId: RoomId;
}

const setState = async (
	dependencies: RoomsDependencies,
	input: SetRoomStateInput,
	state: { readonly type: string; readonly content: JsonObject },
): Promise<void> => {
	await dependencies.lane.submit({
		rooms: [input.roomId],
		users: [input.userId],
		plan: (context) => {
			const draft = context.room(input.roomId);
			const now = draft.state(state.type);
			if (JSON.stringify(now?.content ?? {}) === JSON.stringify(state.content)) return;
			draft.add({ type: state.type, stateKey: "", sender: input.userId, content: state.content });
		},
	});
};

/** Names the room. */
export const setName = (dependencies: RoomsDependencies, input: SetRoomStateInput & { readonly name: string }) =>
	setState(dependencies, input, { type: "m.room.name", content: { name: input.name } });

/** Says what the room is about; an empty text takes the topic away. */
export const setTopic = (dependencies: RoomsDependencies, input: SetRoomStateInput & { readonly topic: string }) =>
	setState(dependencies, input, { type: "m.room.topic", content: { topic: input.topic } });

/** Gives the room a picture that this person uploaded, an `mxc://` address, or takes it away. Throws `bad-input`, `forbidden`. */
export const setAvatar = async (
	dependencies: RoomsDependencies,
	{ avatarUrl, ...input }: SetRoomStateInput & { readonly avatarUrl: string | null },
): Promise<void> => {
	if (avatarUrl !== null) await dependencies.requireOwnPicture(input.userId, avatarUrl);
	await setState(dependencies, input, { type: "m.room.avatar", content: avatarUrl === null ? {} : { url: avatarUrl } });
};

/** Decides who may join without being invited. */
export const setJoinRule = (
	dependencies: RoomsDependencies,
	input: SetRoomStateInput & { readonly joinRule: "public" | "invite" },
) => setState(dependencies, input, { type: "m.room.join_rules", content: { join_rule: input.joinRule } });

/** Decides what of the past newcomers see, from now on. */
export const setHistoryVisibility = (
	dependencies: RoomsDependencies,
	input: SetRoomStateInput & { readonly historyVisibility: string },
) =>
	setState(dependencies, input, {
		type: "m.room.history_visibility",
		content: { history_visibility: input.historyVisibility },
	});
