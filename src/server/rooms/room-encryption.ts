import { getInteger, getString, jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { AppError } from "../../shared/app-error.ts";
import { megolm } from "../../shared/wire/room-encryption.ts";
import type { RoomEncryption } from "./append/room-head.ts";

/** The event that encryption begins with. */
export const encryptionEventType = "m.room.encryption";

/** What a room is made encrypted with: how long a session is used is the client's to decide. */
export const encryptionContent = (): JsonObject => jsonObject([["algorithm", megolm]]);

/** Longer ones name no algorithm that anybody speaks. */
const longestAlgorithm = 255;

/**
 * What holds once the room's state says `content`: encryption never ends, and is never replaced by an algorithm that this
 * server's people do not speak, whatever others write into the state.
 * Matrix v1.19 Client-Server API, "m.room.encryption".
 */
export const nextEncryption = (before: RoomEncryption | undefined, content: JsonObject): RoomEncryption | undefined => {
	const algorithm = getString(content, "algorithm");
	if (algorithm === undefined || algorithm === "" || algorithm.length > longestAlgorithm) return before;
	if (before?.algorithm === megolm && algorithm !== megolm) return before;
	const period = getInteger(content, "rotation_period_ms") ?? 0;
	const messages = getInteger(content, "rotation_period_msgs") ?? 0;
	return {
		algorithm: algorithm.replaceAll("\u0000", "\ufffd"),
		...(period > 0 ? { rotationPeriodMs: period } : {}),
		...(messages > 0 ? { rotationPeriodMsgs: messages } : {}),
	};
};

/** Throws `forbidden` where an event of this server's own people would end encryption or weaken it. */
export const refuseWeakening = (
	encryption: RoomEncryption | undefined,
	event: { readonly type: string; readonly stateKey?: string; readonly content: JsonObject },
): void => {
	if (encryption === undefined || event.type !== encryptionEventType || event.stateKey !== "") return;
	if (getString(event.content, "algorithm") !== megolm) {
		throw new AppError("forbidden", { detail: "encryption is not switched off" });
	}
};

/** The content under which a room that replaces another one is encrypted as that was; undefined: it was not. */
export const carriedEncryption = (
	encryption: RoomEncryption | undefined,
	content: JsonObject | undefined,
): JsonObject | undefined => {
	if (encryption === undefined) return undefined;
	if (content !== undefined && getString(content, "algorithm") === encryption.algorithm) return content;
	return jsonObject([["algorithm", encryption.algorithm]]);
};
