import { membershipIn } from "../../../federation/authorization/auth-state.ts";
import { hasLevel, requiredPowerLevel, userPowerLevel } from "../../../federation/authorization/power-levels.ts";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import {
	type WireAssistantPolicy,
	type WireDigest,
	wireAssistantPolicy,
	wireDigest,
} from "../../shared/wire/assistant.ts";
import type { RoomDirectory } from "./ports.ts";
import type { RoomsDependencies } from "./rooms-dependencies.ts";

/** The state event that says whether plaintext of a room may go to an assistant. Other servers can only be asked to heed it. */
export const assistantEventType = "kith.assistant";

export interface AssistantPolicy {
	readonly policy: WireAssistantPolicy;
	/** Nobody has chosen. */
	readonly isDefault: boolean;
	/** The person may choose. */
	readonly canSet: boolean;
	/** The assistant is in the room itself. */
	readonly isBotHere: boolean;
	/** When it tells what happened there; undefined: never. */
	readonly digest: WireDigest | undefined;
	/** It greets who comes. */
	readonly isGreeting: boolean;
}

/**
 * What holds in a room for somebody who is in it: as long as nobody chose, nothing in encrypted rooms; and nothing where what
 * was chosen is no policy. Throws `not-found`, `not-a-member`.
 */
export const readAssistantPolicy = async (
	directory: Pick<RoomDirectory, "snapshot">,
	{ userId, roomId, botId }: { readonly userId: UserId; readonly roomId: RoomId; readonly botId?: UserId | undefined },
): Promise<AssistantPolicy> => {
	const snapshot = await directory.snapshot(roomId, botId === undefined ? [userId] : [userId, botId]);
	if (snapshot === undefined) throw new AppError("not-found");
	const { state, version, isEncrypted } = snapshot;
	if (membershipIn(state, userId) !== "join") throw new AppError("not-a-member");
	const chosen = state.get(assistantEventType, "");
	const parsed = wireAssistantPolicy.safeParse(chosen?.content["policy"]);
	const required = requiredPowerLevel(state, { type: assistantEventType, stateKey: "" }, version);
	return {
		policy: chosen === undefined ? (isEncrypted ? "off" : "personal") : (parsed.data ?? "off"),
		isDefault: chosen === undefined,
		canSet: hasLevel(userPowerLevel(state, userId, version), required),
		isBotHere: botId !== undefined && membershipIn(state, botId) === "join",
		digest: wireDigest.safeParse(chosen?.content["digest"]).data,
		isGreeting: chosen?.content["isGreeting"] === true,
	};
};

/** A room in the eyes of the assistant that is asked to come, or is in it. */
export interface BotRoomFacts {
	/** As for everybody. */
	readonly policy: WireAssistantPolicy;
	/** Only people of this server are in it, or invited. */
	readonly isLocal: boolean;
	/** The person may decide about the assistant here. */
	readonly isAdmin: boolean;
	/** What they decided, as it stands in the room. */
	readonly content: JsonObject;
}

/** What holds in a room for the assistant as a member, as far as the person may decide it. Undefined: there is no such room here. */
export const readBotRoom = async (
	{ directory, remote, serverName }: Pick<RoomsDependencies, "directory" | "remote" | "serverName">,
	{ roomId, userId }: { readonly roomId: RoomId; readonly userId: UserId },
): Promise<BotRoomFacts | undefined> => {
	const snapshot = await directory.snapshot(roomId, [userId]);
	if (snapshot === undefined || snapshot.areMembersArriving) return undefined;
	const { state, version } = snapshot;
	const content = state.get(assistantEventType, "")?.content ?? jsonObject();
	const required = requiredPowerLevel(state, { type: assistantEventType, stateKey: "" }, version);
	const isIn = membershipIn(state, userId) === "join";
	const servers = await remote.serversIn(roomId);
	return {
		policy: wireAssistantPolicy.safeParse(content["policy"]).data ?? "off",
		isLocal: servers.every((name) => name === serverName),
		isAdmin: isIn && hasLevel(userPowerLevel(state, userId, version), required),
		content,
	};
};
