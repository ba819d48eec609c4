import { randomBytes, randomUUID } from "node:crypto";
import { DehydratedDeviceKey, initAsync, RoomId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encryptAttachment } from "../../src/client/media/attachments/attachment-cipher.ts";
import type { AttachmentKeys } from "../../src/client/media/attachments/encrypted-file.ts";
import { openSealed } from "../../src/client/media/worker/open-picture.ts";
import { sealedPictureContent } from "../../src/client/outbox/picture-content.ts";
import { fileIn } from "../../src/client/store/event-content.ts";
import { pageOutput } from "../../src/shared/wire/message-calls.ts";
import type { WireDeviceNews } from "../../src/shared/wire/sync.ts";
import { decryptOverNode, encryptOverNode, hashOverNode } from "../crypto/attachments-over-node.ts";
import type { CryptoClient } from "../crypto/crypto-client.ts";
import { type CreateCrypto, openDeviceOverHttp, readSealed } from "../crypto/device-over-http.ts";
import { createEngine } from "../crypto/engine-client.ts";
import type { LibolmClient } from "../crypto/libolm-client/libolm-client.ts";
import { startLibolmClient } from "../crypto/libolm-client/start-libolm-client.ts";
import { addPeople } from "../server-process/add-people.ts";
import { testPicture } from "../setup/test-pictures.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { kithPictures } from "./kith/kith-pictures.ts";
import { openPeers } from "./peers.ts";
import { callSynapse } from "./synapse/call-synapse.ts";
import type { RawEvent } from "./synapse/fold-messages.ts";
import { synapseFiles } from "./synapse/synapse-files.ts";
import { registerOnSynapse } from "./synapse/synapse-homeserver.ts";
import { createSynapsePerson } from "./synapse/synapse-person.ts";
import { startTestKiths, type TestKiths } from "./test-kith.ts";

const peers = await openPeers();
const [synapse] = peers.synapseOptions;
if (synapse === undefined) throw new Error("a Synapse is needed");
/** That of every account that the tests make. */
const password = "correct horse battery";
const eventually = { timeout: 20_000, interval: 200 };

/** A device of a Kith with an engine, by its API. */
const openKithEngine = async (kith: KithHomeserver, account: { userId: string; cookie: string }) => ({
	...(await openDeviceOverHttp(createEngine, { origin: `https://${kith.name}`, ca: kith.ca }, account)),
	person: kith.personOf(account),
	pictures: kithPictures({ origin: `https://${kith.name}`, cookie: account.cookie, ca: kith.ca }),
});

/** A device of the Synapse with crypto of this make, by the Client-Server API. */
const openSynapseDevice = async <Client extends CryptoClient>(
	create: CreateCrypto<Client>,
	name: string,
	known?: { readonly userId: string; readonly token: string },
) => {
	const { url, ca } = synapse;
	const { userId, token } = known ?? (await registerOnSynapse(synapse, name));
	const call = (method: "GET" | "PUT" | "POST", path: string, content?: object) =>
		callSynapse({
			url: `${url}/_matrix/client/v3/${path}`,
			method,
			token,
			ca,
			...(content === undefined ? {} : { content }),
		});
	const { device_id } = await call("GET", "account/whoami");
	const engine = await create(
		{ userId, deviceId: String(device_id) },
		{
			upload: (body) => call("POST", "keys/upload", body),
			query: (body) => call("POST", "keys/query", body),
			claim: (body) => call("POST", "keys/claim", body),
			uploadSignatures: (body) => call("POST", "keys/signatures/upload", body),
			uploadSigningKeys: (body) => call("POST", "keys/device_signing/upload", body),
			sendToDevice: ({ event_type, txn_id, body }) => call("PUT", `sendToDevice/${event_type}/${txn_id}`, body),
			putBackedUpKeys: (version, body) => call("PUT", `room_keys/keys?version=${version}`, body),
		},
	);
	let since = "";
	return {
		...engine,
		userId,
		call,
		...synapseFiles({ url, ca, token }),
		person: createSynapsePerson({ url, ca, userId, token }),
		sync: async (): Promise<void> => {
			const answer = await call("GET", `sync?timeout=0${since === "" ? "" : `&since=${since}`}`);
			since = String(answer["next_batch"]);
			const lists = (answer["device_lists"] ?? {}) as { changed?: string[]; left?: string[] };
			await engine.receive({
				toDevice: ((answer["to_device"] as { events?: WireDeviceNews["toDevice"] })?.events ?? []) as never,
				...{ changed: lists.changed ?? [], left: lists.left ?? [] },
				oneTimeKeyCounts: (answer["device_one_time_keys_count"] ?? {}) as Record<string, number>,
				unusedFallbackKeys: (answer["device_unused_fallback_key_types"] ?? []) as string[],
			});
		},
	};
};

const openSynapseEngine = (name: string, known?: { readonly userId: string; readonly token: string }) =>
	openSynapseDevice(createEngine, name, known);

type LibolmContent = Parameters<LibolmClient["roomKeys"]["decrypt"]>[1];

interface Sealed {
	readonly roomId: string;
	readonly sender: string;
	readonly sealed: string;
}

interface Engine {
	sync(): Promise<void>;
	decrypt(roomId: string, sender: string, content: string): Promise<string>;
}

/** What the engine reads, once it has what it needs. */
const readBy =
	(engine: Engine, { roomId, sender, sealed }: Sealed) =>
	async () => {
		await engine.sync();
		return engine.decrypt(roomId, sender, sealed).catch((error: { description?: string }) => error.description);
	};

/** Somebody of the Kith and somebody on libolm at Synapse, in a room that the Kith encrypts. */
const meetLea = async (kith: KithHomeserver) => {
	const [account] = await addPeople(kith.dataFolder, [`ada-${randomUUID()}`], { isSecure: true });
	if (account === undefined) throw new Error("one person was asked for");
	const ada = await openKithEngine(kith, account);
	const lea = await openSynapseDevice(startLibolmClient, "lea");
	await ada.bootstrap();
	await lea.bootstrap();
	const roomId = await ada.person.createRoom({ version: "12", name: "Harbour", invite: [lea.userId] });
	await ada.caller.mutate("rooms.enableEncryption", { roomId });
	await expect.poll(() => lea.person.membership(roomId), eventually).toBe("invite");
	await lea.person.join(roomId, [kith.name]);
	await expect.poll(async () => (await ada.person.members(roomId)).get(lea.userId), eventually).toBe("join");
	await ada.track([lea.userId]);
	await lea.track([ada.userId]);
	const path = `rooms/${encodeURIComponent(roomId)}`;
	return { ada, lea, roomId, both: [ada.userId, lea.userId], path };
};

describe("version 12", () => {
	let kiths: TestKiths;
	let kith: KithHomeserver;

	beforeAll(async () => {
		await initAsync();
		kiths = await startTestKiths(1, { roomVersion: "12", peers });
		const [started] = kiths.all;
		if (started === undefined) throw new Error("a Kith is needed");
		kith = started;
	});
	afterAll(() => kiths?.[Symbol.asyncDispose]());

	it("what one side encrypts the other reads, and of new devices it hears, both ways", async () => {
		const [account] = await addPeople(kith.dataFolder, [`ada-${randomUUID()}`], { isSecure: true });
		if (account === undefined) throw new Error("one person was asked for");
		const ada = await openKithEngine(kith, account);
		const bea = await openSynapseEngine("bea");
		await ada.bootstrap();
		await bea.bootstrap();
		const roomId = await ada.person.createRoom({ version: "12", name: "Harbour", invite: [bea.userId] });
		await expect.poll(() => bea.person.membership(roomId), eventually).toBe("invite");
		await bea.person.join(roomId, [kith.name]);
		await expect.poll(async () => (await ada.person.members(roomId)).get(bea.userId), eventually).toBe("join");
		await bea.sync();
		await ada.track([bea.userId]);
		await bea.track([ada.userId]);
		const both = [ada.userId, bea.userId];
		const byAda = await ada.encrypt(roomId, both, "from Kith");
		await expect.poll(readBy(bea, { roomId, sender: ada.userId, sealed: byAda }), eventually).toBe("from Kith");
		const byBea = await bea.encrypt(roomId, both, "from Synapse");
		await expect.poll(readBy(ada, { roomId, sender: bea.userId, sealed: byBea }), eventually).toBe("from Synapse");
		// A device of Kith that is left asleep is one more for Synapse.
		const sleeper = await ada.machine.dehydratedDevices().create();
		const put = await sleeper.keysForUpload("asleep", await DehydratedDeviceKey.createRandomKey());
		const { device_id } = (await ada.caller.mutate("dehydratedDevice.put", JSON.parse(put.body))) as {
			device_id: string;
		};
		const devicesOfAda = async () => {
			const answer = await bea.call("POST", "keys/query", { device_keys: { [ada.userId]: [] } });
			return Object.keys((answer["device_keys"] as Record<string, object>)[ada.userId] ?? {});
		};
		await expect.poll(devicesOfAda, eventually).toContain(device_id);
		// A second sign-in on Synapse is one more for Kith, whose list is followed by updates.
		const login = { type: "m.login.password", identifier: { type: "m.id.user", user: bea.userId }, password };
		const second = await bea.call("POST", "login", login);
		const laptop = await openSynapseEngine("bea", {
			userId: bea.userId,
			token: String(second["access_token"]),
		});
		ada.changed.length = 0;
		await laptop.sendAll();
		await expect.poll(() => ada.changed, eventually).toContain(bea.userId);
		const devicesOfBea = async () => {
			const answer = (await ada.caller.mutate("keys.query", { device_keys: { [bea.userId]: [] } })) as {
				device_keys: Record<string, object>;
			};
			return Object.keys(answer.device_keys[bea.userId] ?? {});
		};
		await expect.poll(devicesOfBea, eventually).toContain(String(second["device_id"]));
		ada.close();
	});

	it("a client on libolm at Synapse talks with Kith in a room that Kith encrypts, both ways", async () => {
		const { ada, lea, roomId, both, path } = await meetLea(kith);
		/** What comes to the Synapse of the room, read with libolm. */
		const readByLea = async () => {
			await lea.sync();
			const { chunk } = await lea.call("GET", `${path}/messages?dir=b&limit=20`);
			return readSealed(lea, roomId, (chunk as RawEvent[]).toReversed());
		};
		const said: string[] = [];
		for (const number of [1, 2]) {
			await ada.say(roomId, both, `Kith ${number}`);
			said.push(`Kith ${number}`);
			await expect.poll(readByLea, eventually).toEqual(said);
			const byLea = JSON.parse(await lea.encrypt(roomId, both, `libolm ${number}`));
			await lea.call("PUT", `${path}/send/m.room.encrypted/${randomUUID()}`, byLea);
			said.push(`libolm ${number}`);
			await expect.poll(() => ada.readAll(roomId), eventually).toEqual(said);
		}
		// Each reads what it said itself, too.
		await expect.poll(readByLea, eventually).toEqual(said);
		ada.close();
	});
	it("an encrypted photo is opened by a client on libolm at Synapse, and one of its by Kith", async () => {
		const { ada, lea, roomId, both, path } = await meetLea(kith);
		await ada.say(roomId, both, "first");
		const photo = testPicture("dot.jpg");
		const random = (count: number) => new Uint8Array(randomBytes(count));
		const sealed = await encryptAttachment(new Blob([new Uint8Array(photo)]), random);
		const address = await ada.pictures.uploadFile(Buffer.from(await sealed.ciphertext.arrayBuffer()));
		const shape = { type: "image/jpeg", width: 3, height: 2, sizeBytes: photo.length };
		const outgoing = { ...shape, fileId: "", keys: sealed.keys, filename: "dot.jpg", blurhash: "" };
		const said = sealedPictureContent({ body: "" }, outgoing, { full: address, thumbnail: undefined });
		const byAda = await ada.machine.encryptRoomEvent(new RoomId(roomId), "m.room.message", JSON.stringify(said));
		const message = { roomId, transactionId: randomUUID(), content: JSON.parse(byAda), media: [address] };
		await ada.caller.mutate("messages.sendEncrypted", message);

		/** The newest picture that libolm reads, by the file that Synapse gets from Kith and gives to whoever is signed in. */
		const seenByLea = async (): Promise<Buffer | undefined> => {
			await lea.sync();
			const { chunk } = await lea.call("GET", `${path}/messages?dir=b&limit=5`);
			const [event] = (chunk as RawEvent[]).filter(({ type }) => type === "m.room.encrypted");
			const { content } = lea.roomKeys.decrypt(roomId, event?.content as unknown as LibolmContent).event;
			const file = content["file"] as (AttachmentKeys & { readonly url: string }) | undefined;
			if (file === undefined) return undefined;
			const ciphertext = Buffer.from((await lea.download(file.url)) ?? []);
			expect(hashOverNode(ciphertext)).toBe(file.hashes.sha256);
			return decryptOverNode(ciphertext, file);
		};
		await expect.poll(() => seenByLea().catch(String), eventually).toEqual(photo);

		const answer = testPicture("lossy.webp");
		const { ciphertext, keys } = encryptOverNode(answer);
		const file = { ...keys, url: await lea.upload(ciphertext) };
		const words = { msgtype: "m.image", body: "lossy.webp", info: { mimetype: "image/webp" }, file };
		// What is encrypted first gives Kith's device the key.
		const greeting = JSON.parse(await lea.encrypt(roomId, both, "hello"));
		await lea.call("PUT", `${path}/send/m.room.encrypted/${randomUUID()}`, greeting);
		const byLea = lea.roomKeys.encrypt(roomId, { type: "m.room.message", content: words });
		await lea.call("PUT", `${path}/send/m.room.encrypted/${randomUUID()}`, byLea);
		const seenByAda = async (): Promise<Buffer | undefined> => {
			await ada.sync();
			const page = { roomId, direction: "backwards", limit: 5 };
			const { items } = pageOutput.parse(await ada.caller.query("messages.page", page));
			const event = items.findLast(({ type, sender }) => type === "m.room.encrypted" && sender === lea.userId);
			if (event === undefined) return undefined;
			const content = await ada.open(roomId, lea.userId, JSON.stringify(event.content));
			const found = fileIn(content["file"]);
			if (found === undefined) return undefined;
			const opened = await openSealed(
				new Blob([new Uint8Array(await ada.pictures.downloadFile(found.address))]),
				found.keys,
				true,
			);
			return opened.kind === "opened" ? Buffer.from(await opened.content.arrayBuffer()) : undefined;
		};
		await expect.poll(() => seenByAda().catch(String), eventually).toEqual(answer);
		ada.close();
	});
});
