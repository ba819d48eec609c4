import { isServerAllowed } from "../../../federation/authorization/server-acl.ts";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireAssistantPolicy, WireDigest } from "../../shared/wire/assistant.ts";
import { assistantEventType } from "./assistant-policy.ts";
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

export interface SetJoinRuleInput extends SetRoomStateInput {
	readonly joinRule: "public" | "knock" | "invite" | "restricted";
	/** Of `restricted`: whoever is in one of these rooms may come in. */
	readonly allowedRoomIds?: readonly RoomId[];
}

/** Decides who may join without being invited. */
export const setJoinRule = (
	dependencies: RoomsDependencies,
	{ joinRule, allowedRoomIds = [], ...input }: SetJoinRuleInput,
) => {
	const allow = allowedRoomIds.map((room_id) => ({ type: "m.room_membership", room_id }));
	const content = joinRule === "restricted" ? { join_rule: joinRule, allow } : { join_rule: joinRule };
	return setState(dependencies, input, { type: "m.room.join_rules", content });
};

export interface SetServerAclInput extends SetRoomStateInput {
	/** Names of servers, in which `*` and `?` stand for others; who is in neither list is kept out. */
	readonly allow: readonly string[];
	readonly deny: readonly string[];
	/** False: servers that are named by an address are kept out. */
	readonly allowIpLiterals: boolean;
}

/** Decides which servers may take part. Throws `bad-input` where that would keep this one out. */
export const setServerAcl = async (
	dependencies: RoomsDependencies,
	{ allow, deny, allowIpLiterals, ...input }: SetServerAclInput,
): Promise<void> => {
	const content = { allow, deny, allow_ip_literals: allowIpLiterals };
	if (!isServerAllowed(content, dependencies.serverName)) throw new AppError("bad-input", { detail: "allow" });
	await setState(dependencies, input, { type: "m.room.server_acl", content });
};

export interface AssistantChoice {
	readonly policy: WireAssistantPolicy;
	/** In which the assistant speaks as a member. */
	readonly language?: string | undefined;
	/** When it tells what happened. */
	readonly digest?: WireDigest | undefined;
	/** It greets who comes. */
	readonly isGreeting?: boolean | undefined;
}

/** Decides whether plaintext of the room may go to an assistant. */
export const setAssistantPolicy = (
	dependencies: RoomsDependencies,
	{ policy, language, digest, isGreeting, ...input }: SetRoomStateInput & AssistantChoice,
) => {
	const asMember = {
		...(language !== undefined && { language }),
		...(digest !== undefined && { digest: { ...digest } }),
		...(isGreeting === true && { isGreeting }),
	};
	const content = { policy, ...(policy === "bot" && asMember) };
	return setState(dependencies, input, { type: assistantEventType, content });
};

/** Decides what of the past newcomers see, from now on. */
export const setHistoryVisibility = (
	dependencies: RoomsDependencies,
	input: SetRoomStateInput & { readonly historyVisibility: string },
) =>
	setState(dependencies, input, {
		type: "m.room.history_visibility",
		content: { history_visibility: input.historyVisibility },
	});
