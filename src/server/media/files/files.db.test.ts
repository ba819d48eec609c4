import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { encryptedContent } from "../../../../tests/setup/encrypted-content.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestMedia, inPieces, storeTestFile } from "../../../../tests/setup/test-media.ts";
import { testPicture } from "../../../../tests/setup/test-pictures.ts";
import { createTestRooms } from "../../../../tests/setup/test-rooms.ts";
import { parseMediaAddress } from "../../../shared/media-address.ts";

const dayMs = 24 * 60 * 60 * 1000;
const uploadId = "0123456789abcdef0123456789abcdef";
const sealed = Buffer.from("bytes that mean nothing to anybody");

const startFiles = async () => {
	const test = await createTestDatabase();
	const root = await mkdtemp(join(tmpdir(), "kith-files-"));
	const kith = createTestRooms(test.database);
	let passedMs = 0;
	const media = createTestMedia({
		...{ database: test.database, dataFolder: root, now: () => Date.now() + passedMs },
		fileQuota: { files: 4, bytes: 1000 },
		mostFileBytes: 500,
	});
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const create = async (): Promise<RoomId> => {
		const transactionId = kith.transactionId();
		return kith.rooms.create({ creatorId: alice, transactionId, kind: "group", inviteeIds: [] });
	};
	return {
		...{ media, alice, bob, create, kith, prisma: test.database.prisma },
		pass: (ms: number) => {
			passedMs += ms;
		},
		files: async () =>
			(await readdir(join(root, "media"), { recursive: true }).catch(() => [])).filter((name) => name.length > 32)
				.length,
		read: async (url: string) => {
			const address = parseMediaAddress(url);
			if (address === undefined) throw new Error(`${url} is no address`);
			const { contentType, content } = await media.readFile(address);
			return { contentType, bytes: await buffer(content) };
		},
		/** What an encrypted message that names these files is answered with. */
		send: async (roomId: RoomId, files: readonly string[], userId: UserId = alice): Promise<EventId> => {
			const message = { userId, roomId, transactionId: kith.transactionId(), content: encryptedContent("AAAA") };
			return (await kith.messages.sendEncrypted({ ...message, media: files })).eventId;
		},
		[Symbol.asyncDispose]: async () => {
			await test[Symbol.asyncDispose]();
			await rm(root, { recursive: true });
		},
	};
};

const encryptedRoom = async ({ create, kith, alice }: Awaited<ReturnType<typeof startFiles>>): Promise<RoomId> => {
	const roomId = await create();
	await kith.rooms.enableEncryption({ userId: alice, roomId });
	return roomId;
};

describe("a file", () => {
	it("is stored as bytes under an address that cannot be guessed, and once however often it is sent", async () => {
		await using test = await startFiles();
		const first = await storeTestFile(test.media, test.alice, { bytes: sealed, uploadId });
		expect(first).toMatch(/^mxc:\/\/kith\.example\/[0-9a-f]{32}$/);
		expect(await storeTestFile(test.media, test.alice, { bytes: sealed, uploadId })).toBe(first);
		expect(await test.files()).toBe(1);
		expect(await test.read(first)).toEqual({ contentType: "application/octet-stream", bytes: sealed });
		const ofBob = await storeTestFile(test.media, test.bob, { bytes: sealed, uploadId });
		expect(ofBob).not.toBe(first);
		const another = storeTestFile(test.media, test.alice, { bytes: Buffer.from("another"), uploadId });
		await expect(another).rejects.toMatchObject({ code: "bad-input" });
	});

	it("is called a picture only where it begins like one, and never anything else", async () => {
		await using test = await startFiles();
		const typeOf = async (contentType: string, bytes: Buffer) => {
			const of = { userId: test.alice, sizeBytes: bytes.length, isForDevice: false, contentType };
			const id = (await test.kith.transactionId()).padStart(32, "0");
			return (await test.read(await test.media.storeFile({ ...of, uploadId: id, content: inPieces(bytes) })))
				.contentType;
		};
		expect(await typeOf("image/png", testPicture("dot.png"))).toBe("image/png");
		expect(await typeOf("image/png", Buffer.from("<html>"))).toBe("application/octet-stream");
		expect(await typeOf("image/svg+xml", Buffer.from("<svg/>"))).toBe("application/octet-stream");
		expect(await typeOf("text/html", testPicture("dot.png"))).toBe("application/octet-stream");
	});

	it("that was cut off, is longer or shorter than announced is nowhere, and its retry is whole", async () => {
		await using test = await startFiles();
		const upload = { userId: test.alice, uploadId, contentType: "", isForDevice: false };
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield sealed.subarray(0, 4);
			throw new Error("aborted");
		}
		const send = (content: AsyncIterable<Uint8Array>) =>
			test.media.storeFile({ ...upload, sizeBytes: sealed.length, content });
		await expect(send(broken())).rejects.toThrow("aborted");
		await expect(send(inPieces(sealed.subarray(1)))).rejects.toMatchObject({ code: "bad-input" });
		await expect(send(inPieces(sealed, sealed))).rejects.toMatchObject({ code: "too-large" });
		expect(await test.files()).toBe(0);
		const { id } = await test.prisma.media.findFirstOrThrow();
		await expect(test.read(`mxc://kith.example/${id}`)).rejects.toMatchObject({ code: "not-found" });
		const url = await send(inPieces(sealed));
		expect((await test.read(url)).bytes).toEqual(sealed);
	});

	it("counts against what one file, and one person, may have", async () => {
		await using test = await startFiles();
		const sized = (count: number) => storeTestFile(test.media, test.alice, { bytes: Buffer.alloc(count) });
		await expect(sized(501)).rejects.toMatchObject({ code: "too-large" });
		await sized(500);
		await expect(sized(500 + 1)).rejects.toMatchObject({ code: "too-large" });
		await sized(499);
		await expect(sized(2)).rejects.toMatchObject({ code: "quota-reached" });
		await sized(1);
		expect(await storeTestFile(test.media, test.bob)).toMatch(/^mxc:/);
	});

	it("stands for no person, and a picture of a person is no file", async () => {
		await using test = await startFiles();
		const url = await storeTestFile(test.media, test.alice, { bytes: Buffer.from(testPicture("dot.png")) });
		await expect(test.media.requireOwnPicture(test.alice, url)).rejects.toMatchObject({ code: "bad-input" });
		const content = inPieces(testPicture("dot.png"));
		const picture = await test.media.storePicture({ userId: test.alice, content });
		await expect(test.read(picture)).rejects.toMatchObject({ code: "not-found" });
		const roomId = await encryptedRoom(test);
		await expect(test.send(roomId, [picture])).rejects.toMatchObject({ code: "file-gone" });
	});
});

describe("a file to which an event refers", () => {
	it("stays for as long as the event, and goes with it", async () => {
		await using test = await startFiles();
		const roomId = await encryptedRoom(test);
		const url = await storeTestFile(test.media, test.alice, { bytes: sealed });
		const targetEventId = await test.send(roomId, [url]);
		test.pass(400 * dayMs);
		await test.media.sweep();
		expect((await test.read(url)).bytes).toEqual(sealed);
		const deletion = { userId: test.alice, roomId, transactionId: "gone", targetEventId };
		await test.kith.messages.redact(deletion);
		await expect(test.read(url)).rejects.toMatchObject({ code: "not-found" });
		await test.media.sweep();
		expect(await test.files()).toBe(0);
		expect(await test.prisma.mediaUse.count()).toBe(0);
		await expect(test.send(roomId, [url])).rejects.toMatchObject({ code: "file-gone" });
	});

	it("stays while another event refers to it, also where one of them is deleted", async () => {
		await using test = await startFiles();
		const roomId = await encryptedRoom(test);
		const url = await storeTestFile(test.media, test.alice);
		const events = [await test.send(roomId, [url]), await test.send(roomId, [url])];
		for (const [index, targetEventId] of events.entries()) {
			expect(await test.read(url)).toBeDefined();
			const deletion = { userId: test.alice, roomId, transactionId: `t${index}`, targetEventId };
			await test.kith.messages.redact(deletion);
		}
		await expect(test.read(url)).rejects.toMatchObject({ code: "not-found" });
	});

	it("is its sender's own, and of this server", async () => {
		await using test = await startFiles();
		const roomId = await encryptedRoom(test);
		const ofBob = await storeTestFile(test.media, test.bob);
		for (const url of [ofBob, "mxc://evil.example/abc", "mxc://kith.example/none", "https://evil.example/x"]) {
			await expect(test.send(roomId, [url])).rejects.toMatchObject({ code: "file-gone" });
		}
		const inClear = {
			userId: test.alice,
			roomId: await test.create(),
			transactionId: "p",
			body: "Cat",
			filename: "Cat",
		};
		const info = { w: 1, h: 1, mimetype: "image/png", size: 6 } as const;
		const stolen = test.kith.messages.sendPicture({ ...inClear, url: ofBob, info });
		await expect(stolen).rejects.toMatchObject({ code: "file-gone" });
		const own = await storeTestFile(test.media, test.alice);
		const hidden = test.kith.messages.sendPicture({ ...inClear, url: own, info: { ...info, thumbnail_url: ofBob } });
		await expect(hidden).rejects.toMatchObject({ code: "file-gone" });
		expect(await test.prisma.mediaUse.count()).toBe(0);
	});

	it("is bound once, however often the message is sent", async () => {
		await using test = await startFiles();
		const roomId = await encryptedRoom(test);
		const url = await storeTestFile(test.media, test.alice);
		const message = {
			userId: test.alice,
			roomId,
			transactionId: "again",
			content: encryptedContent("AAAA"),
			media: [url],
		};
		const [first, second] = await Promise.all([1, 2].map(() => test.kith.messages.sendEncrypted(message)));
		expect(second).toEqual(first);
		expect(await test.kith.messages.sendEncrypted(message)).toEqual(first);
		expect(await test.prisma.mediaUse.count()).toBe(1);
	});
});

describe("a picture in a message that is not encrypted", () => {
	it("keeps its file and thumbnail, and its caption can be changed without losing them", async () => {
		await using test = await startFiles();
		const roomId = await test.create();
		const [url, small] = [await storeTestFile(test.media, test.alice), await storeTestFile(test.media, test.alice)];
		const size = { w: 4, h: 3, mimetype: "image/webp", size: 6 } as const;
		const info = { ...size, thumbnail_url: small, thumbnail_info: size };
		const words = { userId: test.alice, roomId, body: "Our cat", filename: "cat.webp" };
		const { eventId } = await test.kith.messages.sendPicture({ ...words, transactionId: "a", url, info });
		const edit = { userId: test.alice, roomId, transactionId: "b", targetEventId: eventId, body: "Our old cat" };
		await test.kith.messages.edit(edit);
		const stored = await test.prisma.event.findMany({ where: { type: "m.room.message" }, orderBy: { nid: "asc" } });
		const [sent, edited] = stored.map(({ json }) => JSON.parse(json).content);
		expect(sent).toEqual({ msgtype: "m.image", body: "Our cat", filename: "cat.webp", url, info, "m.mentions": {} });
		expect(edited["m.new_content"]).toEqual({ ...sent, body: "Our old cat" });
		test.pass(2 * dayMs);
		await test.media.sweep();
		for (const kept of [url, small]) expect(await test.read(kept)).toBeDefined();
	});
});

describe("a file to which nothing refers", () => {
	it("goes after a day, or after thirty where a message to a device does", async () => {
		await using test = await startFiles();
		const [unused, bundle] = [
			await storeTestFile(test.media, test.alice, { uploadId }),
			await storeTestFile(test.media, test.alice, { isForDevice: true }),
		];
		test.pass(dayMs - 60_000);
		await test.media.sweep();
		expect([await test.read(unused), await test.read(bundle)]).toHaveLength(2);
		test.pass(120_000);
		await test.media.sweep();
		await expect(test.read(unused)).rejects.toMatchObject({ code: "not-found" });
		expect(await test.read(bundle)).toBeDefined();
		test.pass(29 * dayMs);
		await test.media.sweep();
		await expect(test.read(bundle)).rejects.toMatchObject({ code: "not-found" });
		expect(await test.files()).toBe(0);
		expect(await storeTestFile(test.media, test.alice, { uploadId })).not.toBe(unused);
	});

	it("that an event takes at the moment of a sweep stays, or is refused: never lost", async () => {
		await using test = await startFiles();
		const roomId = await encryptedRoom(test);
		for (let round = 0; round < 3; round += 1) {
			const url = await storeTestFile(test.media, test.alice);
			await test.prisma.media.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
			const [sent] = await Promise.allSettled([test.send(roomId, [url]), test.media.sweep()]);
			if (sent.status === "fulfilled") expect(await test.read(url)).toBeDefined();
			else expect(sent.reason).toMatchObject({ code: "file-gone" });
			await test.prisma.mediaUse.deleteMany();
		}
	});
});
