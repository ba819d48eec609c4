import { membershipIn } from "../../../federation/authorization/auth-state.ts";
import { hasLevel, requiredPowerLevel, userPowerLevel } from "../../../federation/authorization/power-levels.ts";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { type WireAssistantPolicy, wireAssistantPolicy } from "../../shared/wire/assistant.ts";
import type { RoomDirectory } from "./ports.ts";

/** The state event that says whether plaintext of a room may go to an assistant. Other servers can only be asked to heed it. */
export const assistantEventType = "kith.assistant";

export interface AssistantPolicy {
	readonly policy: WireAssistantPolicy;
	/** Nobody has chosen. */
	readonly isDefault: boolean;
	/** The person may choose. */
	readonly canSet: boolean;
}

/**
 * What holds in a room for somebody who is in it: as long as nobody chose, nothing in encrypted rooms; and nothing where what
 * was chosen is no policy. Throws `not-found`, `not-a-member`.
 */
export const readAssistantPolicy = async (
	directory: Pick<RoomDirectory, "snapshot">,
	userId: UserId,
	roomId: RoomId,
): Promise<AssistantPolicy> => {
	const snapshot = await directory.snapshot(roomId, [userId]);
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
	};
};
