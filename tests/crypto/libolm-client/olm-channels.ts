import Olm from "@matrix-org/olm";
import type { SignedObject } from "./canonical-text.ts";
import type { KnownDevice } from "./known-devices.ts";
import { type LibolmAccount, olmAlgorithm } from "./libolm-account.ts";

/** What is inside a message to a device. Matrix v1.19 Client-Server API, `m.olm.v1.curve25519-aes-sha2`. */
export interface OlmPayload {
	readonly type: string;
	readonly content: Readonly<Record<string, unknown>>;
	readonly sender: string;
	readonly recipient: string;
	readonly recipient_keys: { readonly ed25519: string };
	readonly keys: { readonly ed25519: string };
	readonly sender_device_keys?: SignedObject;
}

/** An Olm ciphertext, as `m.room.encrypted` has it between devices. */
export interface OlmContent {
	readonly algorithm: string;
	readonly sender_key: string;
	readonly ciphertext: Readonly<Record<string, { readonly type: number; readonly body: string }>>;
}

/** The Olm sessions of a device with others, by their identity key; the one that was used last is used next. */
export const createOlmChannels = (own: LibolmAccount) => {
	const channels = new Map<string, Olm.Session[]>();
	let deviceKeys: SignedObject = own.deviceKeys;
	const sessionsWith = (key: string): Olm.Session[] => channels.get(key) ?? [];
	const putFirst = (key: string, session: Olm.Session): void => {
		channels.set(key, [session, ...sessionsWith(key).filter((other) => other !== session)]);
	};
	const tryOne = (session: Olm.Session, { type, body }: { readonly type: number; readonly body: string }) => {
		try {
			return session.decrypt(type, body);
		} catch {
			return undefined;
		}
	};
	const decrypt = (senderKey: string, message: { readonly type: number; readonly body: string }): string => {
		for (const session of sessionsWith(senderKey)) {
			if (message.type === 0 && !session.matches_inbound_from(senderKey, message.body)) continue;
			const text = tryOne(session, message);
			if (text === undefined) continue;
			putFirst(senderKey, session);
			return text;
		}
		if (message.type !== 0) throw new Error("no session reads it");
		const session = new Olm.Session();
		session.create_inbound_from(own.account, senderKey, message.body);
		const text = session.decrypt(message.type, message.body);
		own.account.remove_one_time_keys(session);
		putFirst(senderKey, session);
		return text;
	};
	return {
		/** Keeps how the sessions are now; what it answers brings them back to that, as an old copy of a disk does. */
		snapshot: (): (() => void) => {
			const key = "a test's";
			const kept = [...channels].map(([name, sessions]) => ({ name, pickles: sessions.map((one) => one.pickle(key)) }));
			return () => {
				for (const { name, pickles } of kept) {
					channels.set(
						name,
						pickles.map((pickle) => unpickled(key, pickle)),
					);
				}
			};
		},
		/** The device's keys, as they go with each message. */
		sayWhoIAm: (keys: SignedObject): void => {
			deviceKeys = keys;
		},
		has: (device: KnownDevice): boolean => sessionsWith(device.curve25519).length > 0,
		/** Begins a session by a one-time key of the device, which is signed by it. */
		begin: (device: KnownDevice, oneTimeKey: string): void => {
			const session = new Olm.Session();
			session.create_outbound(own.account, device.curve25519, oneTimeKey);
			putFirst(device.curve25519, session);
		},
		encrypt: (device: KnownDevice, type: string, content: object): OlmContent => {
			const [session] = sessionsWith(device.curve25519);
			if (session === undefined) throw new Error("no session with the device");
			const payload = {
				...{ type, content, sender: own.userId, recipient: device.userId },
				recipient_keys: { ed25519: device.ed25519 },
				keys: { ed25519: own.ed25519 },
				sender_device_keys: deviceKeys,
			};
			const ciphertext = { [device.curve25519]: session.encrypt(JSON.stringify(payload)) };
			return { algorithm: olmAlgorithm, sender_key: own.curve25519, ciphertext };
		},
		/** Reads a message that is said to be of this person, and checks that they and this device are meant inside as well. */
		decrypt: (sender: string, content: OlmContent): OlmPayload => {
			const message = content.ciphertext[own.curve25519];
			if (message === undefined) throw new Error("it is for another device");
			const payload: OlmPayload = JSON.parse(decrypt(content.sender_key, message));
			if (payload.sender !== sender) throw new Error("another sender stands inside");
			if (payload.recipient !== own.userId || payload.recipient_keys.ed25519 !== own.ed25519) {
				throw new Error("it was written for somebody else");
			}
			return payload;
		},
	};
};

const unpickled = (key: string, pickle: string): Olm.Session => {
	const session = new Olm.Session();
	session.unpickle(key, pickle);
	return session;
};
