/**
 * Seals what leaves, room by room: claim what is needed to reach a device, hand it the room's key, encrypt. The order is
 * not a matter of taste: encrypting in a room whose key was not shared, or is too old, brings the machine down. Matrix v1.19
 * Client-Server API, "Sharing keys between devices".
 */
import {
	CollectStrategy,
	EncryptionAlgorithm,
	EncryptionSettings,
	HistoryVisibility,
	type OlmMachine,
	RoomId,
	UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput, RoomKeySettings } from "../crypto-message.ts";
import { createBegunSessions, type SessionLimits } from "./begun-sessions.ts";
import type { ChangedIdentities } from "./changed-identities.ts";
import type { Claims } from "./claim-sessions.ts";
import { isVouchedFor } from "./keep-identity.ts";
import { Unanswered } from "./key-server.ts";
import type { OutgoingLoop } from "./outgoing-loop.ts";
import type { RoomReadiness } from "./room-readiness.ts";
import { createTurns } from "./turns.ts";

type EncryptMachine = Pick<
	OlmMachine,
	"updateTrackedUsers" | "shareRoomKey" | "encryptRoomEvent" | "getDevice" | "userId" | "deviceId"
>;

export interface RoomEncryptor {
	/** Hands out the room's key, for what is encrypted next. Rejects as `encrypt` does. */
	prepare(readers: CryptoInput<"prepare">): Promise<void>;
	/** Rejects as the server's calls do while a device cannot be reached by a key; nothing was encrypted then. */
	encrypt(message: CryptoInput<"encrypt">): Promise<Record<string, unknown>>;
	/**
	 * The same for a message of a verification, by which a changed identity is looked at: it goes to those who have it, and
	 * what is said otherwise still waits for the person.
	 */
	encryptForVerification(message: CryptoInput<"encrypt">): Promise<Record<string, unknown>>;
}

/** Somebody in the room has another identity than they had: nothing is sealed until the person knows. */
export class IdentityChanged extends Error {}

/** Nobody vouches for this device: what it wrote nobody would be shown. */
export class DeviceUnverified extends Error {}

interface EncryptorParts {
	readonly machine: EncryptMachine;
	readonly loop: OutgoingLoop;
	readonly claims: Claims;
	readonly changed: Pick<ChangedIdentities, "among">;
	readonly identities: { wait(userIds: readonly string[]): Promise<void> };
	/** Throws where nobody else would believe this device. */
	readonly assertOwn: () => void;
	readonly readiness: RoomReadiness;
}

export const createRoomEncryptor = (parts: EncryptorParts): RoomEncryptor => {
	const { machine, loop, claims, changed, identities } = parts;
	const roomTurns = createTurns();
	const begun = createBegunSessions(Date.now);
	/** Everything that has to be so before a key is handed out. */
	const makeReady = async (readers: CryptoInput<"prepare">, mayHaveChanged: boolean): Promise<void> => {
		const { userIds } = readers;
		const looking = parts.readiness.look(readers);
		await machine.updateTrackedUsers(userIds.map((userId) => new UserId(userId)));
		await loop.run();
		parts.assertOwn();
		// Without the answer about somebody's devices these would get no key, and never know why.
		if (loop.isQueryUnanswered()) throw new Unanswered("whose devices there are");
		if (!mayHaveChanged && (await changed.among(userIds)).length > 0) throw new IdentityChanged();
		await identities.wait(userIds);
		if (!(await isVouchedFor(machine))) throw new DeviceUnverified();
		// What was let by once must not be let by the next message.
		if ((await claims.claim(userIds)) === "complete" && !mayHaveChanged) looking.found();
	};
	const share = async (readers: CryptoInput<"prepare">, mayHaveChanged: boolean): Promise<void> => {
		parts.assertOwn();
		const { roomId, userIds, settings } = readers;
		const isReady = !mayHaveChanged && parts.readiness.isReady(readers);
		if (isReady && begun.lasts(roomId, limitsOf(settings))) return;
		if (!isReady) await makeReady(readers, mayHaveChanged);
		const people = userIds.map((userId) => new UserId(userId));
		// Also where there is nothing to hand out: a key that was used up or is too old brings the machine down.
		const requests = await machine.shareRoomKey(new RoomId(roomId), people, engineSettings(settings));
		for (const request of requests) await loop.send(request);
	};
	const encrypt = (message: CryptoInput<"encrypt">, mayHaveChanged: boolean): Promise<Record<string, unknown>> =>
		roomTurns.inTurn(message.roomId, async () => {
			const beganMs = Date.now();
			await share(message, mayHaveChanged);
			const { roomId, type, content } = message;
			const sealed = JSON.parse(await machine.encryptRoomEvent(new RoomId(roomId), type, JSON.stringify(content)));
			begun.note(roomId, sealed, beganMs);
			return sealed;
		});
	return {
		prepare: (readers) => roomTurns.inTurn(readers.roomId, () => share(readers, false)),
		encrypt: (message) => encrypt(message, false),
		encryptForVerification: (message) => encrypt(message, true),
	};
};

const visibilities = {
	world_readable: HistoryVisibility.WorldReadable,
	shared: HistoryVisibility.Shared,
	invited: HistoryVisibility.Invited,
	joined: HistoryVisibility.Joined,
} as const;

/** Whoever set the room up may ask for more frequent keys, never for ones that last longer than these. */
const longestPeriodMs = 7 * 86_400_000;
const mostMessages = 100;

const limitsOf = ({ rotationPeriodMs, rotationPeriodMessages }: RoomKeySettings): SessionLimits => ({
	rotationPeriodMs: Math.ceil(Math.min(rotationPeriodMs ?? longestPeriodMs, longestPeriodMs)),
	rotationPeriodMessages: Math.ceil(Math.min(rotationPeriodMessages ?? mostMessages, mostMessages)),
});

const engineSettings = (wanted: RoomKeySettings): EncryptionSettings => {
	const settings = new EncryptionSettings();
	settings.algorithm = EncryptionAlgorithm.MegolmV1AesSha2;
	settings.sharingStrategy = CollectStrategy.identityBasedStrategy();
	settings.historyVisibility = visibilities[wanted.historyVisibility];
	const { rotationPeriodMs, rotationPeriodMessages } = limitsOf(wanted);
	// The room says milliseconds, the machine wants microseconds.
	settings.rotationPeriod = BigInt(rotationPeriodMs) * 1_000n;
	settings.rotationPeriodMessages = BigInt(rotationPeriodMessages);
	return settings;
};
