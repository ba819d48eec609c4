import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import {
	CollectStrategy,
	EncryptionSettings,
	HistoryVisibility,
	initAsync,
	RoomId,
	UserId,
} from "@matrix-org/matrix-sdk-crypto-wasm";
import Olm from "@matrix-org/olm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "./engine-client.ts";
import type { OlmContent } from "./libolm-client/olm-channels.ts";
import type { ExportedRoomKey } from "./libolm-client/room-keys.ts";
import { ann, bob, openTwoImplementations, roomId } from "./two-implementations.ts";

/** Of a file that is encrypted by itself. Matrix v1.19 Client-Server API, "Sending encrypted attachments". */
interface EncryptedFile {
	readonly url: string;
	readonly v: string;
	readonly key: { readonly k: string };
	readonly iv: string;
	readonly hashes: { readonly sha256: string };
}

interface KeyBundle {
	readonly room_keys: readonly (ExportedRoomKey & { readonly room_id: string; readonly session_id: string })[];
	readonly withheld: readonly { readonly session_id: string; readonly code: string }[];
}

const cipherOf = ({ key, iv }: Pick<EncryptedFile, "key" | "iv">) =>
	["aes-256-ctr", Buffer.from(key.k, "base64url"), Buffer.from(iv, "base64")] as const;

/** What node:crypto makes of the bytes, if they are the ones that the hash names. */
const openFile = (bytes: Uint8Array, file: EncryptedFile): KeyBundle => {
	const hash = createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "");
	if (hash !== file.hashes.sha256) throw new Error("other bytes");
	const decipher = createDecipheriv(...cipherOf(file));
	return JSON.parse(Buffer.concat([decipher.update(bytes), decipher.final()]).toString("utf8"));
};

const sealFile = (bundle: KeyBundle, url: string): { readonly bytes: Uint8Array; readonly file: EncryptedFile } => {
	const key = { k: randomBytes(32).toString("base64url") };
	const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)])
		.toString("base64")
		.replace(/=+$/, "");
	const cipher = createCipheriv(...cipherOf({ key, iv }));
	const bytes = new Uint8Array(Buffer.concat([cipher.update(JSON.stringify(bundle)), cipher.final()]));
	const sha256 = createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "");
	const jwk = { ...key, kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"] };
	return { bytes, file: { url, v: "v2", key: jwk, iv, hashes: { sha256 } } };
};

/** Says something under a session of its own. */
const sayUnder = async ({ machine, send }: Engine, visibility: HistoryVisibility, body: string) => {
	const settings = new EncryptionSettings();
	settings.sharingStrategy = CollectStrategy.identityBasedStrategy();
	settings.historyVisibility = visibility;
	const room = new RoomId(roomId);
	for (const request of await machine.shareRoomKey(room, [new UserId(ann)], settings)) await send(request);
	return JSON.parse(await machine.encryptRoomEvent(room, "m.room.message", JSON.stringify({ body }))) as {
		readonly session_id: string;
		readonly ciphertext: string;
	};
};

beforeAll(async () => {
	await initAsync();
	await Olm.init();
});

describe("keys of the past that are handed over", () => {
	it("are, from the engine, those that newcomers may have, and libolm reads with them", async () => {
		const { engine, libolm, server } = await openTwoImplementations();
		const open = await sayUnder(engine, HistoryVisibility.Shared, "for newcomers");
		const closed = await sayUnder(engine, HistoryVisibility.Joined, "for those who were there");
		const bundle = await engine.machine.buildRoomKeyBundle(new RoomId(roomId));
		const claim = await engine.machine.getMissingSessions([new UserId(bob)]);
		if (claim) await engine.send(claim);
		const requests = await engine.machine.shareRoomKeyBundleData(
			...[new UserId(bob), new RoomId(roomId), "mxc://kith.test/past", bundle?.mediaEncryptionInfo],
			CollectStrategy.identityBasedStrategy(),
		);
		for (const request of requests) await engine.send(request);
		const [message] = server.newsFor(bob, "LIBOLM").toDevice;
		const told = libolm.channels.decrypt(ann, message?.content as unknown as OlmContent);
		expect(told).toMatchObject({ type: "m.room_key_bundle", content: { room_id: roomId } });
		const file = told.content["file"] as EncryptedFile;
		expect(file).toMatchObject({ url: "mxc://kith.test/past", v: "v2" });
		const past = openFile(bundle?.encryptedData ?? new Uint8Array(), file);
		expect(past.room_keys.map(({ session_id }) => session_id)).toEqual([open.session_id]);
		expect(past.withheld).toMatchObject([{ session_id: closed.session_id, code: "m.history_not_shared" }]);
		const session = new Olm.InboundGroupSession();
		session.import_session(past.room_keys[0]?.session_key ?? "");
		expect(JSON.parse(session.decrypt(open.ciphertext).plaintext).content.body).toBe("for newcomers");
		expect(() => session.decrypt(closed.ciphertext)).toThrow();
	});

	it("are taken by the engine from libolm, of the room that they are for, and not with a byte altered", async () => {
		const { engine, libolm } = await openTwoImplementations();
		await libolm.rotate(roomId);
		const event = await libolm.encrypt(roomId, [bob], "from long ago");
		const elsewhere = "!elsewhere:kith.test";
		const other = await libolm.encrypt(elsewhere, [bob], "of another room");
		const keys = libolm.roomKeys.exportAll().map(({ roomId: room_id, sessionId, key }) => {
			return { ...key, room_id, session_id: sessionId };
		});
		expect(keys).toHaveLength(2);
		const { bytes, file } = sealFile({ room_keys: keys, withheld: [] }, "mxc://kith.test/past");
		const [device] = libolm.devices.trustedOf([ann]);
		if (device === undefined) throw new Error("the device is not known");
		await libolm.beginWith([device]);
		const content = libolm.channels.encrypt(device, "m.room_key_bundle", { room_id: roomId, file });
		const message = { position: "1", sender: bob, type: "m.room.encrypted", content: { ...content } };
		await engine.receive({
			...{ toDevice: [message], changed: [], left: [], unusedFallbackKeys: ["signed_curve25519"] },
			oneTimeKeyCounts: { signed_curve25519: 50 },
		});
		const takeFrom = async (file: Uint8Array): Promise<void> => {
			const told = await engine.machine.getReceivedRoomKeyBundleData(new RoomId(roomId), new UserId(bob));
			if (told === undefined) throw new Error("nothing was told");
			await engine.machine.receiveRoomKeyBundle(told, file);
		};
		const altered = bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte));
		await expect(takeFrom(altered)).rejects.toThrow("Hash mismatch");
		await expect(engine.decrypt(roomId, bob, event)).rejects.toBeDefined();
		await takeFrom(bytes);
		expect(await engine.decrypt(roomId, bob, event)).toBe("from long ago");
		await expect(engine.decrypt(elsewhere, bob, other)).rejects.toBeDefined();
	});
});
