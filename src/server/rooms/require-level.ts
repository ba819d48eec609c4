import { hasLevel, requiredPowerLevel, userPowerLevel } from "../../../federation/authorization/power-levels.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { RoomDraft } from "./append/room-draft.ts";

/** Throws `not-a-member` or `forbidden` unless the person could send this type of state. */
export const requireLevel = (draft: RoomDraft, userId: UserId, type: string): void => {
	if (!isIn(draft, userId)) throw new AppError("not-a-member");
	if (!hasLevelFor(draft, userId, type)) throw new AppError("forbidden", { rule: "AUTH-EVENT-LEVEL" });
};

/** Whether the person is in the room and could send this type of state. */
export const maySend = (draft: RoomDraft, userId: UserId, type: string): boolean =>
	isIn(draft, userId) && hasLevelFor(draft, userId, type);

const isIn = (draft: RoomDraft, userId: UserId): boolean =>
	draft.state("m.room.member", userId)?.content["membership"] === "join";

const hasLevelFor = (draft: RoomDraft, userId: UserId, type: string): boolean => {
	const { version } = draft.head;
	const state = { get: (eventType: string, stateKey: string) => draft.state(eventType, stateKey) };
	const required = requiredPowerLevel(state, { type, stateKey: "" }, version);
	return hasLevel(userPowerLevel(state, userId, version), required);
};
