import { randomUUID } from "node:crypto";
import { type WireDeviceNews, wireSyncItem } from "../../src/shared/wire/sync.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { openSocketCaller } from "../server-process/socket-caller.ts";
import type { CryptoClient, CryptoServer } from "./crypto-client.ts";

/** Makes a device's crypto, of either implementation. */
export type CreateCrypto<Client> = (
	device: { readonly userId: string; readonly deviceId: string },
	server: CryptoServer,
) => Client | Promise<Client>;

interface SealedEvent {
	readonly type: string;
	readonly sender: string;
	readonly content: object;
}

interface Address {
	readonly origin: string;
	/** What vouches for a server with TLS, in PEM. */
	readonly ca?: string;
}

/** A device of somebody of a running Kith, by its API alone: HTTP for its requests, a socket for what comes. */
export const openDeviceOverHttp = async <Client extends CryptoClient>(
	create: CreateCrypto<Client>,
	{ origin, ca }: Address,
	{ userId, cookie }: { readonly userId: string; readonly cookie: string },
) => {
	const caller = createHttpCaller(origin, cookie, ca);
	const me = (await caller.query("accounts.me")) as { deviceId: string };
	const crypto = await create(
		{ userId, deviceId: me.deviceId },
		{
			upload: (body) => caller.mutate("keys.upload", body),
			query: (body) => caller.mutate("keys.query", body),
			claim: (body) => caller.mutate("keys.claim", body),
			uploadSignatures: (body) => caller.mutate("keys.uploadSignatures", body),
			uploadSigningKeys: (body) => caller.mutate("keys.uploadSigningKeys", body),
			sendToDevice: ({ body, ...message }) => caller.mutate("toDevice.send", { ...message, ...body }),
			putBackedUpKeys: (version, body) => caller.mutate("keyBackup.putKeys", { version, ...body }),
		},
	);
	const waiting: WireDeviceNews[] = [];
	const changed: string[] = [];
	const socket = await openSocketCaller(origin, cookie, ca === undefined ? {} : { ca });
	socket.subscribe({ keys: {} }, (frame) => {
		const item = wireSyncItem.safeParse(JSON.parse(frame).result?.data?.data).data;
		if (item === undefined || item.kind === "ephemeral" || item.keys === undefined) return;
		waiting.push(item.keys);
		for (const other of item.keys.changed) changed.push(other);
	});
	const sync = async (): Promise<void> => {
		const news = waiting.splice(0);
		const newest = news.at(-1);
		if (newest === undefined) return;
		// Of how many keys are left only the newest word is true: to make up for older ones would push keys out that are in use.
		await crypto.receive({
			...newest,
			toDevice: news.flatMap(({ toDevice }) => toDevice),
			changed: news.flatMap((one) => one.changed),
			left: news.flatMap(({ left }) => left),
		});
	};
	return {
		...crypto,
		userId,
		deviceId: me.deviceId,
		caller,
		/** Whose devices it was told of as changed. */
		changed,
		/** Gives the crypto what came meanwhile. */
		sync,
		/** Encrypts for these people's devices, and sends. */
		say: async (roomId: string, userIds: readonly string[], body: string): Promise<void> => {
			await sync();
			await crypto.track(userIds);
			const content = JSON.parse(await crypto.encrypt(roomId, userIds, body));
			await caller.mutate("messages.sendEncrypted", { roomId, transactionId: randomUUID(), content });
		},
		/** The words of a room's encrypted events, oldest first; of one that is not read, why. */
		readAll: async (roomId: string): Promise<readonly string[]> => {
			await sync();
			const page = { roomId, direction: "backwards", limit: 50 };
			const { items } = (await caller.query("messages.page", page)) as { items: readonly SealedEvent[] };
			return readSealed(crypto, roomId, items);
		},
		close: (): void => {
			caller.close();
			socket.close();
		},
	};
};

/** The words of these events as far as they are encrypted; of one that is not read, why. */
export const readSealed = async (
	crypto: Pick<CryptoClient, "decrypt">,
	roomId: string,
	events: readonly SealedEvent[],
): Promise<readonly string[]> => {
	const read: string[] = [];
	for (const { type, sender, content } of events) {
		if (type !== "m.room.encrypted") continue;
		read.push(await crypto.decrypt(roomId, sender, JSON.stringify(content)).catch(String));
	}
	return read;
};
