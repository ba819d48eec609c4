import { randomUUID } from "node:crypto";
import type { WireDeviceNews } from "../../../src/shared/wire/sync.ts";
import type { CryptoClient, CryptoServer, IdentitySeeds } from "../crypto-client.ts";
import { createBlockedDevices } from "./blocked-devices.ts";
import type { SignedObject } from "./canonical-text.ts";
import { createKnownDevices, type KnownDevice, type QueryAnswer } from "./known-devices.ts";
import { openLibolmAccount } from "./libolm-account.ts";
import { openFromBackup, sealForBackup } from "./libolm-backup.ts";
import { type LibolmIdentity, openLibolmIdentity } from "./libolm-identity.ts";
import { createOlmChannels, type OlmContent } from "./olm-channels.ts";
import { createRoomKeys } from "./room-keys.ts";
import { decodeUnpadded } from "./unpadded.ts";
import { isSignedBy } from "./verify-signature.ts";

/** So many one-time keys are kept on the server. */
const oneTimeKeyCount = 50;

/** Something for each device, by person and device. */
const byDevice = <Value>(devices: readonly KnownDevice[], made: (device: KnownDevice) => Value) => {
	const people: Record<string, Record<string, Value>> = {};
	for (const device of devices) {
		people[device.userId] = { ...people[device.userId], [device.deviceId]: made(device) };
	}
	return people;
};

/**
 * A whole client on libolm, the implementation that came before the one that Kith is made of: its device, its person's
 * identity, messages to devices, rooms and the backup of their keys. It gives keys to devices that their people vouch for
 * and to no others, and reads from no others.
 */
export const createLibolmClient = (
	{ userId, deviceId }: { readonly userId: string; readonly deviceId: string },
	server: CryptoServer,
) => {
	const own = openLibolmAccount(userId, deviceId);
	const devices = createKnownDevices();
	const channels = createOlmChannels(own);
	const roomKeys = createRoomKeys(own);
	let identity: LibolmIdentity | undefined;
	let isUploaded = false;
	const blocked = createBlockedDevices();

	const sendAll = async (): Promise<void> => {
		if (isUploaded) return;
		isUploaded = true;
		const keys = { one_time_keys: own.makeOneTimeKeys(oneTimeKeyCount), fallback_keys: own.makeFallbackKey() };
		await server.upload({ device_keys: own.deviceKeys, ...keys });
	};
	const query = async (userIds: readonly string[]): Promise<void> => {
		if (userIds.length === 0) return;
		const asked = Object.fromEntries(userIds.map((id) => [id, []]));
		devices.take((await server.query({ device_keys: asked })) as QueryAnswer);
	};
	const track = async (userIds: readonly string[]): Promise<void> => {
		await sendAll();
		await query(userIds.filter((id) => !devices.isKnown(id)));
	};
	const signOwnDevice = async (made: LibolmIdentity): Promise<void> => {
		identity = made;
		const vouchedFor = made.selfSigning.sign(own.deviceKeys);
		await server.uploadSignatures({ [userId]: { [deviceId]: vouchedFor } });
		channels.sayWhoIAm(vouchedFor);
		await query([userId]);
	};
	/** Begins sessions with those it has none with, by their one-time keys. */
	const beginWith = async (wanted: readonly KnownDevice[]): Promise<void> => {
		if (wanted.length === 0) return;
		const asked = { one_time_keys: byDevice(wanted, () => "signed_curve25519") };
		const answer = (await server.claim(asked)) as {
			one_time_keys: Record<string, Record<string, Record<string, SignedObject>>>;
		};
		for (const device of wanted) {
			const [key] = Object.values(answer.one_time_keys[device.userId]?.[device.deviceId] ?? {});
			if (key === undefined) continue;
			if (isSignedBy(key, device.userId, { id: device.deviceId, key: device.ed25519 })) {
				channels.begin(device, String(key["key"]));
			}
		}
	};
	const sendToDevice = (eventType: string, messages: object): Promise<unknown> =>
		server.sendToDevice({ event_type: eventType, txn_id: randomUUID(), body: { messages } });
	const share = async (roomId: string, userIds: readonly string[]): Promise<void> => {
		const trusted = devices.trustedOf(userIds);
		const missing = roomKeys.missingAmong(
			roomId,
			trusted.filter((device) => !blocked.has(device)),
		);
		const refused = blocked.notTold(trusted, roomKeys.sessionIdOf(roomId));
		if (refused.length > 0) {
			const withheld = roomKeys.withhold(roomId, "m.blacklisted");
			await sendToDevice(
				"m.room_key.withheld",
				byDevice(refused, () => withheld),
			);
		}
		await beginWith(missing.filter((device) => !channels.has(device)));
		const reached = missing.filter(channels.has);
		if (reached.length === 0) return;
		const messages = byDevice(reached, (device) =>
			channels.encrypt(device, "m.room_key", roomKeys.give(roomId, device)),
		);
		await sendToDevice("m.room.encrypted", messages);
	};
	/** What a message to the device holds; undefined: it is not for reading. */
	const open = (sender: string, content: Readonly<Record<string, unknown>>) => {
		try {
			return channels.decrypt(sender, content as unknown as OlmContent);
		} catch {
			return undefined;
		}
	};
	const takeMessage = async ({ sender, type, content }: WireDeviceNews["toDevice"][number]): Promise<void> => {
		const payload = type === "m.room.encrypted" ? open(sender, content) : undefined;
		if (payload?.type !== "m.room_key") return;
		await track([sender]);
		if (payload.sender_device_keys !== undefined) devices.hearOf(sender, payload.sender_device_keys);
		const maker = { userId: sender, curve25519: String(content["sender_key"]), ed25519: payload.keys.ed25519 };
		roomKeys.takeGiven(maker, payload.content);
	};
	const topUp = async (news: WireDeviceNews): Promise<void> => {
		const left = news.oneTimeKeyCounts["signed_curve25519"] ?? 0;
		const keys = {
			...(left < oneTimeKeyCount ? { one_time_keys: own.makeOneTimeKeys(oneTimeKeyCount - left) } : {}),
			...(news.unusedFallbackKeys.length === 0 ? { fallback_keys: own.makeFallbackKey() } : {}),
		};
		if (Object.keys(keys).length > 0) await server.upload(keys);
	};

	const client: CryptoClient = {
		sendAll,
		bootstrap: async () => {
			await sendAll();
			const made = openLibolmIdentity(userId);
			await server.uploadSigningKeys(made.upload);
			await signOwnDevice(made);
		},
		exportIdentity: async () => {
			if (identity === undefined) throw new Error("there is no identity");
			return identity.seeds;
		},
		joinIdentity: async (seeds: IdentitySeeds) => {
			await sendAll();
			await signOwnDevice(openLibolmIdentity(userId, seeds));
		},
		track,
		doubtLists: async () => query(devices.people()),
		receive: async (news) => {
			for (const message of news.toDevice) await takeMessage(message);
			await query(news.changed.filter(devices.isKnown));
			for (const left of news.left) devices.forget(left);
			await topUp(news);
		},
		encrypt: async (roomId, userIds, body) => {
			await track(userIds);
			await share(roomId, userIds);
			const event = { type: "m.room.message", content: { msgtype: "m.text", body } };
			return JSON.stringify(roomKeys.encrypt(roomId, event));
		},
		rotate: async (roomId) => roomKeys.rotate(roomId),
		backUp: async (version, publicKey) => {
			await server.putBackedUpKeys(version, { rooms: sealForBackup(publicKey, roomKeys.exportAll()) });
		},
		restore: async (privateKey, rooms, makerOf) => {
			for (const [roomId, { sessions }] of Object.entries(rooms)) {
				for (const [sessionId, backedUp] of Object.entries(sessions)) {
					const key = openFromBackup(decodeUnpadded(privateKey), backedUp);
					roomKeys.importOne(roomId, makerOf(roomId, sessionId), key);
				}
			}
		},
		decrypt: async (roomId, sender, content) => {
			const { event, maker } = roomKeys.decrypt(roomId, JSON.parse(content));
			if (maker.userId !== sender) throw new Error("its key was made by somebody else");
			await track([sender]);
			if (devices.vouchedFor(sender, maker.curve25519)?.ed25519 !== maker.ed25519) {
				throw new Error("nobody vouches for the device that wrote it");
			}
			return String(event.content["body"]);
		},
	};
	return {
		...client,
		...{ own, channels, roomKeys, devices, beginWith },
		/** Gives a device no more keys, and says so to it, whoever vouches for it. */
		block: blocked.add,
	};
};

export type LibolmClient = ReturnType<typeof createLibolmClient>;
