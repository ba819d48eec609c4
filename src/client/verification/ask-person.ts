import { askEngine } from "../crypto/ask-engine.ts";
import { encryptionOf } from "../crypto/room-encryption.ts";
import { recipientsOf } from "../crypto/room-recipients.ts";
import type { VerificationPlace } from "../crypto/verification-call.ts";
import { openDirectChat } from "../rooms/direct-chat.ts";
import { hasCamera } from "./camera.ts";

/** Why somebody could not be asked. */
export type NotAsked = "not-encrypted" | "no-identity";

/** Asks somebody to verify each other, in the chat with them. `undefined`: they were asked. */
export async function askPerson(userId: string, roomId?: string): Promise<NotAsked | undefined> {
	const place = await placeOf(roomId ?? (await openDirectChat(userId)));
	if (place === undefined) return "not-encrypted";
	const { flowId } = await askEngine("askPerson", { userId, place, canScan: await hasCamera() });
	return flowId === undefined ? "no-identity" : undefined;
}

/** Who is in a chat, and how it is encrypted; undefined: it is not, and nothing of a verification may go through it. */
export async function placeOf(roomId: string): Promise<VerificationPlace | undefined> {
	const encryption = encryptionOf(roomId);
	if (encryption === undefined) return undefined;
	const { historyVisibility } = encryption;
	return { roomId, userIds: [...(await recipientsOf(roomId, historyVisibility))], settings: { historyVisibility } };
}
