import {
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
import type { Viewer } from "../../src/server/accounts/public.ts";
import { appRouter } from "../../src/server/trpc/app-router.ts";
import type { TransportHost } from "../../src/server/trpc/transport-host.ts";
import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";

type Request =
	| KeysUploadRequest
	| KeysQueryRequest
	| KeysClaimRequest
	| ToDeviceRequest
	| SignatureUploadRequest
	| KeysBackupRequest;

/** How a request of an engine reaches its server. */
export interface EngineServer {
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

/** A real crypto engine over a server. */
export const createEngine = async (
	{ userId, deviceId }: { readonly userId: string; readonly deviceId: string },
	server: EngineServer,
) => {
	const machine = await OlmMachine.initialize(new UserId(userId), new DeviceId(deviceId));
	const answerTo = (request: Request): Promise<unknown> => {
		const body = JSON.parse(request.body);
		switch (request.type) {
			case RequestType.KeysUpload:
				return server.upload(body);
			case RequestType.KeysQuery:
				return server.query(body);
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
	const sendAll = async (): Promise<void> => {
		for (const request of await machine.outgoingRequests()) await send(request as Request);
	};
	const usersOf = (userIds: readonly string[]): UserId[] => userIds.map((userId) => new UserId(userId));
	return {
		...{ machine, send, sendAll },
		/** Makes a cross-signing identity and signs this device. */
		bootstrap: async (): Promise<void> => {
			await sendAll();
			const requests = await machine.bootstrapCrossSigning(true);
			if (requests.uploadKeysRequest !== undefined) await send(requests.uploadKeysRequest as KeysUploadRequest);
			await server.uploadSigningKeys(JSON.parse(requests.uploadSigningKeysRequest.body));
			await send(requests.uploadSignaturesRequest);
			await sendAll();
		},
		/** Asks for these people's devices, and follows them. */
		track: async (userIds: readonly string[]): Promise<void> => {
			await machine.updateTrackedUsers(usersOf(userIds));
			await sendAll();
		},
		/** What the stream brings for the device. */
		receive: async (news: WireDeviceNews): Promise<void> => {
			await machine.receiveSyncChanges(
				JSON.stringify(news.toDevice),
				new DeviceLists(usersOf(news.changed), usersOf(news.left)),
				new Map(Object.entries(news.oneTimeKeyCounts)),
				new Set(news.unusedFallbackKeys),
			);
			await sendAll();
		},
		/** Shares the room's key with these people's devices, and encrypts. */
		encrypt: async (roomId: string, userIds: readonly string[], body: string): Promise<string> => {
			await machine.updateTrackedUsers(usersOf(userIds));
			await sendAll();
			const claim = await machine.getMissingSessions(usersOf(userIds));
			if (claim) await send(claim);
			const settings = new EncryptionSettings();
			settings.sharingStrategy = CollectStrategy.identityBasedStrategy();
			for (const request of await machine.shareRoomKey(new RoomId(roomId), usersOf(userIds), settings)) {
				await send(request);
			}
			return machine.encryptRoomEvent(
				new RoomId(roomId),
				"m.room.message",
				JSON.stringify({ msgtype: "m.text", body }),
			);
		},
		/** The words of an encrypted event. */
		decrypt: async (roomId: string, sender: string, content: string): Promise<string> => {
			const event = {
				...{
					type: "m.room.encrypted",
					event_id: "$e:kith.test",
					sender,
					origin_server_ts: Date.now(),
					room_id: roomId,
				},
				content: JSON.parse(content),
			};
			const settings = new DecryptionSettings(TrustRequirement.CrossSignedOrLegacy);
			const decrypted = await machine.decryptRoomEvent(JSON.stringify(event), new RoomId(roomId), settings);
			return JSON.parse(decrypted.event).content.body;
		},
	};
};

/** The procedures, called in the name of a signed-in person. */
const callerOf = (host: TransportHost, viewer: Viewer) =>
	appRouter.createCaller({
		areas: host,
		requestId: "test",
		address: "192.0.2.1",
		connection: { whenWritable: async () => undefined, beginSubscription: () => () => undefined },
		relyingParty: undefined,
		identityTicket: undefined,
		findViewer: async () => viewer,
		isRevoked: async () => false,
	});

/** An engine whose requests go through the procedures as they are. */
export const createEngineClient = async (host: TransportHost, viewer: Viewer) => {
	const call = callerOf(host, viewer);
	const engine = await createEngine(viewer, {
		upload: (body) => call.keys.upload(body),
		query: (body) => call.keys.query(body as Parameters<typeof call.keys.query>[0]),
		claim: (body) => call.keys.claim(body as Parameters<typeof call.keys.claim>[0]),
		uploadSignatures: (body) => call.keys.uploadSignatures(body as Parameters<typeof call.keys.uploadSignatures>[0]),
		uploadSigningKeys: (body) => call.keys.uploadSigningKeys(body),
		sendToDevice: ({ body, ...message }) =>
			call.toDevice.send({ ...message, ...body } as Parameters<typeof call.toDevice.send>[0]),
		putBackedUpKeys: (version, body) =>
			call.keyBackup.putKeys({ version, ...body } as Parameters<typeof call.keyBackup.putKeys>[0]),
	});
	return { ...engine, call, viewer };
};

export type EngineClient = Awaited<ReturnType<typeof createEngineClient>>;
