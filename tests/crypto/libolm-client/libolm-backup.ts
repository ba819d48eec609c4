import Olm from "@matrix-org/olm";
import type { ExportedRoomKey } from "./room-keys.ts";

/** A room key in a backup, as libolm reads and writes it: `m.megolm_backup.v1.curve25519-aes-sha2`. */
export interface BackedUpKey {
	readonly first_message_index: number;
	readonly forwarded_count: number;
	readonly is_verified: boolean;
	readonly session_data: { readonly ephemeral: string; readonly mac: string; readonly ciphertext: string };
}

/** Rooms of a backup, as `PUT /room_keys/keys` has them. */
export type BackedUpRooms = Readonly<Record<string, { readonly sessions: Readonly<Record<string, BackedUpKey>> }>>;

/** Encrypts room keys to a backup's public key. */
export const sealForBackup = (
	publicKey: string,
	keys: readonly { readonly roomId: string; readonly sessionId: string; readonly key: ExportedRoomKey }[],
): BackedUpRooms => {
	const encryption = new Olm.PkEncryption();
	encryption.set_recipient_key(publicKey);
	const sealed = keys.map(({ roomId, sessionId, key }) => {
		const session_data = encryption.encrypt(JSON.stringify(key));
		return { roomId, sessionId, key: { first_message_index: 0, forwarded_count: 0, is_verified: true, session_data } };
	});
	const sessionsOf = (roomId: string): readonly [string, BackedUpKey][] =>
		sealed.filter((one) => one.roomId === roomId).map(({ sessionId, key }) => [sessionId, key]);
	const roomIds = [...new Set(keys.map(({ roomId }) => roomId))];
	return Object.fromEntries(roomIds.map((roomId) => [roomId, { sessions: Object.fromEntries(sessionsOf(roomId)) }]));
};

/** Reads a room key of a backup with the backup's private key. */
export const openFromBackup = (privateKey: Uint8Array, { session_data }: Pick<BackedUpKey, "session_data">) => {
	const decryption = new Olm.PkDecryption();
	decryption.init_with_private_key(privateKey);
	const { ephemeral, mac, ciphertext } = session_data;
	return JSON.parse(decryption.decrypt(ephemeral, mac, ciphertext)) as ExportedRoomKey;
};
