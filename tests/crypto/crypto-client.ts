import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";
import type { BackedUpRooms } from "./libolm-client/libolm-backup.ts";

/** How the requests of a device's crypto reach its server: bodies and answers of the Matrix client-server API. */
export interface CryptoServer {
	upload(body: object): Promise<unknown>;
	query(body: object): Promise<unknown>;
	claim(body: object): Promise<unknown>;
	uploadSignatures(body: object): Promise<unknown>;
	uploadSigningKeys(body: object): Promise<unknown>;
	sendToDevice(message: {
		readonly event_type: string;
		readonly txn_id: string;
		readonly body: object;
	}): Promise<unknown>;
	putBackedUpKeys(version: string, body: object): Promise<unknown>;
}

/** Seeds of a person's cross-signing keys, in unpadded base64. */
export interface IdentitySeeds {
	readonly master: string;
	readonly selfSigning: string;
	readonly userSigning: string;
}

/** What a device does for its person, whichever implementation it is made of. */
export interface CryptoClient {
	/** Makes a cross-signing identity and signs this device. */
	bootstrap(): Promise<void>;
	exportIdentity(): Promise<IdentitySeeds>;
	/** Signs this device with an identity that another device of the person made. */
	joinIdentity(seeds: IdentitySeeds): Promise<void>;
	/** Uploads the device's keys, where that is still to be done. */
	sendAll(): Promise<void>;
	/** Asks for these people's devices, and follows them. */
	track(userIds: readonly string[]): Promise<void>;
	/** Anybody's devices may have changed: they are asked for anew. */
	doubtLists(): Promise<void>;
	/** What the stream brings for the device. */
	receive(news: WireDeviceNews): Promise<void>;
	/** Shares the room's key with these people's devices, and encrypts. */
	encrypt(roomId: string, userIds: readonly string[], body: string): Promise<string>;
	/** What is written from now on in the room takes a new key. */
	rotate(roomId: string): Promise<void>;
	/** Puts the room keys into the backup of that version. */
	backUp(version: string, publicKey: string): Promise<void>;
	/** Takes the room keys of a backup in: its private key in base64, and who made the key of a session. */
	restore(
		privateKey: string,
		rooms: BackedUpRooms,
		makerOf: (roomId: string, sessionId: string) => string,
	): Promise<void>;
	/** The words of an encrypted event; throws where it does not read them. */
	decrypt(roomId: string, sender: string, content: string): Promise<string>;
}
