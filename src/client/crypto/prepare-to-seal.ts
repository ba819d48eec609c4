import { clientCipher } from "./client-cipher.ts";
import { encryptionOf } from "./room-encryption.ts";

/**
 * Somebody begins to write: where the room is encrypted, its readers get the key meanwhile, and the message does not wait for
 * them. What keeps that from working is said once there is a message to be held up.
 */
export function prepareToSeal(roomId: string): void {
	const encryption = encryptionOf(roomId);
	if (encryption !== undefined && clientCipher.isReady()) {
		clientCipher.prepare({ roomId, encryption }).catch(() => undefined);
	}
}
