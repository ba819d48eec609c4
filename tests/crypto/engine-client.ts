import {
	BackupDecryptionKey,
	CollectStrategy,
	DecryptionSettings,
	DeviceId,
	DeviceLists,
	EncryptionSettings,
	type KeysBackupRequest,
	type KeysClaimRequest,
	type KeysQueryRequest,
	type KeysUploadRequest,
	OlmMachine,
	RequestType,
	RoomId,
	type SignatureUploadRequest,
	type ToDeviceRequest,
	TrustRequirement,
	UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import { partMessages } from "../../src/client/crypto/worker/part-messages.ts";
import type { CryptoClient, CryptoServer } from "./crypto-client.ts";

type Request =
	| KeysUploadRequest
	| KeysQueryRequest
	| KeysClaimRequest
	| ToDeviceRequest
	| SignatureUploadRequest
	| KeysBackupRequest;

const serverOf = (userId: string): string => userId.slice(userId.indexOf(":") + 1);
const usersOf = (userIds: readonly string[]): UserId[] => userIds.map((userId) => new UserId(userId));

/** A machine that hears that a server gave no answer asks it nothing for up to a quarter of an hour. */
const withoutFailures = async (answering: Promise<unknown>): Promise<unknown> => ({
	...((await answering) as object),
	failures: {},
});

/** The requests of a machine on their way to a server, and the answers back. */
const openRequests = (machine: OlmMachine, server: CryptoServer) => {
	const answerTo = (request: Request): Promise<unknown> => {
		const body = JSON.parse(request.body);
		switch (request.type) {
			case RequestType.KeysUpload:
				return server.upload(body);
			case RequestType.KeysQuery:
				return withoutFailures(server.query(body));
			case RequestType.KeysClaim:
				return server.claim(body);
			case RequestType.SignatureUpload:
				return server.uploadSignatures(body);
			case RequestType.ToDevice: {
				const { event_type, txn_id } = request as ToDeviceRequest;
				return server.sendToDevice({ event_type, txn_id, body });
			}
			case RequestType.KeysBackup:
				return server.putBackedUpKeys((request as KeysBackupRequest).version, body);
			default:
				throw new Error("a request of another kind");
		}
	};
	const send = async (request: Request): Promise<void> => {
		const answer = await answerTo(request);
		if (request.id !== undefined) await machine.markRequestAsSent(request.id, request.type, JSON.stringify(answer));
	};
	return {
		send,
		/**
		 * Begins sessions that are missing, server by server. What a server gave no answer to is as if it had not been asked:
		 * told otherwise, the machine would leave its devices without keys for up to a quarter of an hour.
		 */
		claimMissing: async (userIds: readonly string[]): Promise<void> => {
			const servers = new Set(["", ...userIds.map(serverOf)]);
			for (const name of servers) {
				const claim = await machine.getMissingSessions(usersOf(userIds.filter((id) => serverOf(id) === name)));
				if (!claim) continue;
				const answer = (await server.claim(JSON.parse(claim.body))) as { readonly failures?: object };
				if (Object.keys(answer.failures ?? {}).length > 0) continue;
				await machine.markRequestAsSent(claim.id, claim.type, JSON.stringify(answer));
			}
		},
		sendAll: async (): Promise<void> => {
			for (const request of await machine.outgoingRequests()) await send(request as Request);
		},
	};
};

/**
 * A person's cross-signing identity in the hands of a machine. After each signature on the own device its keys are asked for:
 * until it has seen them with the signature, a machine does not trust its own messages.
 */
const openIdentity = (
	machine: OlmMachine,
	server: CryptoServer,
	{ send, sendAll }: ReturnType<typeof openRequests>,
): Pick<CryptoClient, "bootstrap" | "exportIdentity" | "joinIdentity"> => ({
	bootstrap: async () => {
		await sendAll();
		const requests = await machine.bootstrapCrossSigning(true);
		if (requests.uploadKeysRequest !== undefined) await send(requests.uploadKeysRequest as KeysUploadRequest);
		await server.uploadSigningKeys(JSON.parse(requests.uploadSigningKeysRequest.body));
		await send(requests.uploadSignaturesRequest);
		await send(machine.queryKeysForUsers([new UserId(machine.userId.toString())]));
	},
	exportIdentity: async () => {
		const secrets = await machine.exportCrossSigningKeys();
		const { masterKey, self_signing_key, userSigningKey } = secrets ?? {};
		if (masterKey === undefined || self_signing_key === undefined || userSigningKey === undefined) {
			throw new Error("there is no identity");
		}
		return { master: masterKey, selfSigning: self_signing_key, userSigning: userSigningKey };
	},
	joinIdentity: async ({ master, selfSigning, userSigning }) => {
		await machine.updateTrackedUsers([machine.userId]);
		await sendAll();
		await machine.importCrossSigningKeys(master, selfSigning, userSigning);
		const own = await machine.getDevice(machine.userId, machine.deviceId);
		if (own === undefined) throw new Error("the device does not know itself");
		await send(await own.verify());
		await send(machine.queryKeysForUsers([new UserId(machine.userId.toString())]));
	},
});

/** The backup of a machine's room keys. */
const openBackup = (
	machine: OlmMachine,
	{ send }: ReturnType<typeof openRequests>,
): Pick<CryptoClient, "backUp" | "restore"> => ({
	backUp: async (version, publicKey) => {
		await machine.enableBackupV1(publicKey, version);
		for (let request = await machine.backupRoomKeys(); request; request = await machine.backupRoomKeys()) {
			await send(request);
		}
	},
	restore: async (privateKey, rooms) => {
		const key = BackupDecryptionKey.fromBase64(privateKey);
		const opened = Object.entries(rooms).map(([roomId, { sessions }]) => {
			const keys = Object.entries(sessions).map(
				([
					sessionId,
					{
						session_data: { ephemeral, mac, ciphertext },
					},
				]) => {
					return [sessionId, JSON.parse(key.decryptV1(ephemeral, mac, ciphertext))] as const;
				},
			);
			return [new RoomId(roomId), new Map(keys)] as const;
		});
		await machine.importBackedUpRoomKeys(new Map(opened), () => undefined, "1");
	},
});

/** A real crypto engine over a server. */
export const createEngine = async (
	{ userId, deviceId }: { readonly userId: string; readonly deviceId: string },
	server: CryptoServer,
) => {
	const machine = await OlmMachine.initialize(new UserId(userId), new DeviceId(deviceId));
	const requests = openRequests(machine, server);
	const { send, sendAll, claimMissing } = requests;
	const client: CryptoClient = {
		...openIdentity(machine, server, requests),
		sendAll,
		track: async (userIds) => {
			await machine.updateTrackedUsers(usersOf(userIds));
			await sendAll();
		},
		doubtLists: () => machine.markAllTrackedUsersAsDirty(),
		receive: async (news) => {
			// Who sends a key is looked up before it is taken in: their device may be gone when it is first read with.
			await machine.updateTrackedUsers(usersOf(news.toDevice.map(({ sender }) => sender)));
			await sendAll();
			const parts = partMessages(news.toDevice);
			for (const part of parts.slice(0, -1)) {
				await machine.receiveSyncChangesMsc4186(JSON.stringify(part), new DeviceLists(), new Map());
			}
			await machine.receiveSyncChanges(
				JSON.stringify(parts.at(-1) ?? []),
				new DeviceLists(usersOf(news.changed), usersOf(news.left)),
				new Map(Object.entries(news.oneTimeKeyCounts)),
				new Set(news.unusedFallbackKeys),
			);
			// Broken sessions are begun anew by whoever finds them broken.
			await claimMissing([]);
			await sendAll();
		},
		encrypt: async (roomId, userIds, body) => {
			await machine.updateTrackedUsers(usersOf(userIds));
			await sendAll();
			await claimMissing(userIds);
			const settings = new EncryptionSettings();
			settings.sharingStrategy = CollectStrategy.identityBasedStrategy();
			for (const request of await machine.shareRoomKey(new RoomId(roomId), usersOf(userIds), settings)) {
				await send(request);
			}
			const content = JSON.stringify({ msgtype: "m.text", body });
			return machine.encryptRoomEvent(new RoomId(roomId), "m.room.message", content);
		},
		...openBackup(machine, requests),
		rotate: async (roomId) => void (await machine.invalidateGroupSession(new RoomId(roomId))),
		decrypt: async (roomId, sender, content) => String((await open(roomId, sender, content))["body"]),
	};
	const open = async (roomId: string, sender: string, content: string): Promise<Record<string, unknown>> => {
		const settings = new DecryptionSettings(TrustRequirement.CrossSignedOrLegacy);
		const event = encryptedEvent({ roomId, sender, content: JSON.parse(content) });
		const decrypted = await machine.decryptRoomEvent(JSON.stringify(event), new RoomId(roomId), settings);
		return JSON.parse(decrypted.event).content;
	};
	return { ...client, machine, send, open };
};

/** An event as a server hands it out. */
const encryptedEvent = (
	{ roomId, sender, content }: { readonly roomId: string; readonly sender: string; readonly content: object },
	eventId = "$e:kith.test",
) => ({
	...{ type: "m.room.encrypted", event_id: eventId, origin_server_ts: 1_750_000_000_000 },
	...{ room_id: roomId, sender, content },
});

export type Engine = Awaited<ReturnType<typeof createEngine>>;
