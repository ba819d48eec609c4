import Olm from "@matrix-org/olm";
import type { KnownDevice } from "./known-devices.ts";
import { type LibolmAccount, megolmAlgorithm } from "./libolm-account.ts";

/** As often a room's key is replaced, whoever is in it. */
const messagesPerKey = 100;

/** Who made a room key: what is read with it was written there. */
export interface KeyMaker {
	readonly userId: string;
	readonly curve25519: string;
	readonly ed25519: string;
}

interface InboundKey extends KeyMaker {
	readonly roomId: string;
	readonly session: Olm.InboundGroupSession;
}

interface OutboundKey {
	readonly session: Olm.OutboundGroupSession;
	/** Devices that have it. */
	readonly given: Set<string>;
}

/** A room key as it is backed up, and as it is exported to a file. */
export interface ExportedRoomKey {
	readonly algorithm: string;
	readonly sender_key: string;
	readonly sender_claimed_keys: { readonly ed25519: string };
	readonly forwarding_curve25519_key_chain: readonly string[];
	readonly session_key: string;
}

/** The Megolm sessions of a device: one outbound a room, and all that it can read with. */
export const createRoomKeys = (own: LibolmAccount) => {
	const outbound = new Map<string, OutboundKey>();
	const inbound = new Map<string, InboundKey>();
	const nameOf = ({ userId, deviceId }: { readonly userId: string; readonly deviceId: string }) =>
		`${userId} ${deviceId}`;
	const take = (key: Omit<InboundKey, "session">, session: Olm.InboundGroupSession): void => {
		const name = `${key.roomId} ${session.session_id()}`;
		const known = inbound.get(name);
		// One that reads less, or that somebody else claims, does not take the place of what is there.
		if (known !== undefined && known.session.first_known_index() <= session.first_known_index()) return;
		inbound.set(name, { ...key, session });
	};
	const begin = (roomId: string): OutboundKey => {
		const session = new Olm.OutboundGroupSession();
		session.create();
		const key = { session, given: new Set<string>() };
		outbound.set(roomId, key);
		const copy = new Olm.InboundGroupSession();
		copy.create(session.session_key());
		take({ roomId, userId: own.userId, curve25519: own.curve25519, ed25519: own.ed25519 }, copy);
		return key;
	};
	const current = (roomId: string): OutboundKey => outbound.get(roomId) ?? begin(roomId);
	return {
		/** The devices of these that do not have the room's key yet. One that has it and is none of these costs a new key. */
		missingAmong: (roomId: string, devices: readonly KnownDevice[]): readonly KnownDevice[] => {
			const entitled = new Set(devices.map(nameOf));
			const key = outbound.get(roomId);
			const isOver =
				key === undefined ||
				key.session.message_index() >= messagesPerKey ||
				[...key.given].some((device) => !entitled.has(device));
			const { given } = isOver ? begin(roomId) : key;
			return devices.filter((device) => nameOf(device) !== nameOf(own) && !given.has(nameOf(device)));
		},
		rotate: (roomId: string): void => void begin(roomId),
		/** What a device is told of the room's key: it reads what is written from now on. */
		give: (roomId: string, device: KnownDevice): object => {
			const key = current(roomId);
			key.given.add(nameOf(device));
			return {
				...{ algorithm: megolmAlgorithm, room_id: roomId },
				...{ session_id: key.session.session_id(), session_key: key.session.session_key() },
			};
		},
		sessionIdOf: (roomId: string): string => current(roomId).session.session_id(),
		/** What a device is told that does not get the room's key: `m.room_key.withheld`. */
		withhold: (roomId: string, code: "m.blacklisted"): object => ({
			...{ algorithm: megolmAlgorithm, room_id: roomId, code, sender_key: own.curve25519 },
			session_id: current(roomId).session.session_id(),
		}),
		/** What another device told of a room's key. */
		takeGiven: (maker: KeyMaker, content: Readonly<Record<string, unknown>>): void => {
			if (content["algorithm"] !== megolmAlgorithm) return;
			const session = new Olm.InboundGroupSession();
			session.create(String(content["session_key"]));
			if (session.session_id() !== content["session_id"]) return;
			take({ ...maker, roomId: String(content["room_id"]) }, session);
		},
		encrypt: (roomId: string, event: { readonly type: string; readonly content: object }) => {
			const key = current(roomId);
			const ciphertext = key.session.encrypt(JSON.stringify({ ...event, room_id: roomId }));
			return {
				...{ algorithm: megolmAlgorithm, ciphertext, session_id: key.session.session_id() },
				...{ sender_key: own.curve25519, device_id: own.deviceId },
			};
		},
		/** What an event holds, and who made the key it was written with. */
		decrypt: (roomId: string, content: { readonly session_id: string; readonly ciphertext: string }) => {
			const key = inbound.get(`${roomId} ${content.session_id}`);
			if (key === undefined) throw new Error("no key reads it");
			const { plaintext, message_index } = key.session.decrypt(content.ciphertext);
			const event: { type: string; content: Record<string, unknown>; room_id: string } = JSON.parse(plaintext);
			if (event.room_id !== roomId) throw new Error("it was written for another room");
			return { event, maker: key as KeyMaker, messageIndex: message_index };
		},
		exportAll: (): readonly { readonly roomId: string; readonly sessionId: string; readonly key: ExportedRoomKey }[] =>
			[...inbound.values()].map(({ roomId, session, curve25519, ed25519 }) => ({
				...{ roomId, sessionId: session.session_id() },
				key: {
					...{ algorithm: megolmAlgorithm, sender_key: curve25519, sender_claimed_keys: { ed25519 } },
					...{ forwarding_curve25519_key_chain: [], session_key: session.export_session(session.first_known_index()) },
				},
			})),
		/** What comes out of a backup or a file says itself who made it. */
		importOne: (roomId: string, userId: string, key: ExportedRoomKey): void => {
			const session = new Olm.InboundGroupSession();
			session.import_session(key.session_key);
			take({ roomId, userId, curve25519: key.sender_key, ed25519: key.sender_claimed_keys.ed25519 }, session);
		},
	};
};
