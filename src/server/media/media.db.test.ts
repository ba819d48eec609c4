import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestMedia, inPieces } from "../../../tests/setup/test-media.ts";
import { testPicture, widened } from "../../../tests/setup/test-pictures.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";
import { parseMediaAddress } from "../../shared/media-address.ts";
import type { MediaQuota } from "./ports.ts";

const dayMs = 24 * 60 * 60 * 1000;

async function startMedia(quota: MediaQuota = { files: 10, bytes: 100_000 }) {
	const test = await createTestDatabase();
	const root = await mkdtemp(join(tmpdir(), "kith-media-"));
	const folder = join(root, "media");
	const kith = createTestRooms(test.database);
	let passedMs = 0;
	const { database } = test;
	const create = () => createTestMedia({ database, dataFolder: root, quota, now: () => Date.now() + passedMs });
	const { prisma } = test.database;
	return {
		kith,
		database,
		prisma,
		folder,
		media: create(),
		another: create,
		alice: await kith.addPerson("alice"),
		pass: (ms: number) => {
			passedMs += ms;
		},
		files: async () => (await readdir(folder, { recursive: true })).filter((name) => name.length > 32).length,
		rows: () => prisma.media.count(),
		[Symbol.asyncDispose]: async () => {
			await test[Symbol.asyncDispose]();
			await rm(root, { recursive: true });
		},
	};
}

type TestMedia = Awaited<ReturnType<typeof startMedia>>;

const store = ({ media, alice }: TestMedia, bytes: Buffer = testPicture("dot.png")): Promise<string> =>
	media.storePicture({ userId: alice, content: inPieces(bytes) });

const read = async ({ media }: TestMedia, url: string): Promise<{ contentType: string; bytes: Buffer }> => {
	const address = parseMediaAddress(url);
	if (address === undefined) throw new Error(`${url} is no address`);
	const { contentType, content } = await media.read(address);
	const pieces: Uint8Array[] = [];
	for await (const piece of content) pieces.push(piece);
	return { contentType, bytes: Buffer.concat(pieces) };
};

describe("a picture", () => {
	it("is stored under an address that cannot be guessed, and read as what it is", async () => {
		await using test = await startMedia();
		const [first, second] = [await store(test), await store(test)];
		expect(first).toMatch(/^mxc:\/\/kith\.example\/[0-9a-f]{32}$/);
		expect(second).not.toBe(first);
		expect(await read(test, first)).toEqual({ contentType: "image/png", bytes: testPicture("dot.png") });
		await test.media.requireOwnPicture(test.alice, first);
	});

	it("is handed out whole where it is small enough", async () => {
		await using test = await startMedia();
		const url = await store(test);
		const { length } = testPicture("dot.png");
		expect(await test.media.readWhole(url, length)).toBe(testPicture("dot.png").toString("base64"));
		expect(await test.media.readWhole(url, length - 1)).toBeUndefined();
		for (const other of ["mxc://elsewhere.example/1", `${url.slice(0, -4)}0000`, "https://kith.example/a.png", ""]) {
			expect(await test.media.readWhole(other, length)).toBeUndefined();
		}
	});

	it("is refused when it is none, is too wide or too many bytes, and leaves nothing", async () => {
		await using test = await startMedia();
		const png = testPicture("dot.png");
		await expect(store(test, Buffer.from("<svg/>"))).rejects.toMatchObject({ code: "bad-input" });
		await expect(store(test, widened(png, 1025))).rejects.toMatchObject({ code: "too-large" });
		expect(await store(test, widened(png, 1024))).toMatch(/^mxc:/);
		let given = 0;
		async function* endless(): AsyncGenerator<Uint8Array> {
			for (;;) {
				given += 1;
				yield new Uint8Array(64_000);
			}
		}
		await expect(test.media.storePicture({ userId: test.alice, content: endless() })).rejects.toMatchObject({
			code: "too-large",
		});
		expect(given).toBe(16);
		expect([await test.rows(), await test.files()]).toEqual([1, 1]);
	});

	it("counts against its owner's quota, also at the same moment in several processes", async () => {
		await using test = await startMedia({ files: 3, bytes: 100_000 });
		const attempts = Array.from({ length: 8 }, () =>
			test.another().storePicture({ userId: test.alice, content: inPieces(testPicture("dot.png")) }),
		);
		const outcomes = await Promise.allSettled(attempts);
		expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
		const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
		expect(new Set(refusals)).toEqual(new Set(["quota-reached"]));
		const bob = await test.kith.addPerson("bob");
		expect(await store({ ...test, alice: bob })).toMatch(/^mxc:/);
		await using small = await startMedia({ files: 10, bytes: 150 });
		await store(small);
		await expect(store(small)).rejects.toMatchObject({ code: "quota-reached" });
	});

	it("waits its turn when its owner sends too many at once", async () => {
		await using test = await startMedia();
		const ends: (() => void)[] = [];
		async function* slow(): AsyncGenerator<Uint8Array> {
			await new Promise<void>((resolve) => ends.push(resolve));
			yield testPicture("dot.gif");
		}
		const slowOnes = [1, 2, 3].map(() => test.media.storePicture({ userId: test.alice, content: slow() }));
		await expect(store(test)).rejects.toMatchObject({ code: "too-many-requests" });
		for (const end of ends) end();
		await Promise.all(slowOnes);
		expect(await store(test)).toMatch(/^mxc:/);
	});

	it("leaves no row when the disk refuses it, and none when its sender hangs up", async () => {
		await using test = await startMedia();
		async function* broken(): AsyncGenerator<Uint8Array> {
			yield testPicture("dot.png").subarray(0, 40);
			throw new Error("aborted");
		}
		await expect(test.media.storePicture({ userId: test.alice, content: broken() })).rejects.toThrow("aborted");
		await writeFile(test.folder, "in the way");
		await expect(store(test)).rejects.toThrow();
		expect(await test.rows()).toBe(0);
	});

	it("is its owner's alone to set, and nobody's on another server", async () => {
		await using test = await startMedia();
		const url = await store(test);
		const bob = "@bob:kith.example" as UserId;
		for (const bad of [
			url.replace("kith.example", "evil.example"),
			`${url}0`,
			"https://evil.example/x.png",
			"mxc://",
		]) {
			await expect(test.media.requireOwnPicture(test.alice, bad)).rejects.toMatchObject({ code: "bad-input" });
		}
		await expect(test.media.requireOwnPicture(bob, url)).rejects.toMatchObject({ code: "bad-input" });
		const address = { serverName: "evil.example", mediaId: url.slice(-32) };
		await expect(test.media.read(address)).rejects.toMatchObject({ code: "not-found" });
	});
});

describe("a group's first picture", () => {
	it("is one that its maker uploaded", async () => {
		await using test = await startMedia();
		const url = await store(test);
		const { requireOwnPicture } = test.media;
		const { rooms } = createTestRooms(test.database, "12", { requireOwnPicture });
		const bob = await test.kith.addPerson("bob");
		const create = (creatorId: UserId) =>
			rooms.create({ creatorId, transactionId: "t", kind: "group", name: "Walks", avatarUrl: url, inviteeIds: [] });
		await expect(create(bob)).rejects.toMatchObject({ code: "bad-input" });
		expect(await test.prisma.room.count()).toBe(0);
		const roomId = await create(test.alice);
		expect(await test.prisma.room.findMany({ select: { id: true, avatarUrl: true } })).toEqual([
			{ id: roomId, avatarUrl: url },
		]);
		expect(await create(test.alice)).toBe(roomId);
	});
});

describe("a sweep", () => {
	it("takes pictures that nobody shows, a day after their upload", async () => {
		await using test = await startMedia();
		const [shown, roomPicture, unused] = [await store(test), await store(test), await store(test)];
		const transactionId = test.kith.transactionId();
		const roomId = await test.kith.rooms.create({
			...{ creatorId: test.alice, transactionId, kind: "group", inviteeIds: [] },
		});
		await test.kith.rooms.setAvatar({ userId: test.alice, roomId, avatarUrl: roomPicture });
		await test.prisma.user.update({ where: { id: test.alice }, data: { avatarUrl: shown } });
		await test.media.sweep();
		expect(await test.rows()).toBe(3);
		test.pass(dayMs + 1000);
		await test.media.sweep();
		expect([await test.rows(), await test.files()]).toEqual([2, 2]);
		await expect(read(test, unused)).rejects.toMatchObject({ code: "not-found" });
		expect((await read(test, roomPicture)).bytes).toEqual(testPicture("dot.png"));
		await test.prisma.user.update({ where: { id: test.alice }, data: { avatarUrl: null } });
		await test.media.sweep();
		expect([await test.rows(), await test.files()]).toEqual([1, 1]);
	});

	it("finishes what a crash interrupted", async () => {
		await using test = await startMedia();
		const url = await store(test);
		await test.prisma.media.updateMany({ data: { removedAt: new Date() } });
		await expect(read(test, url)).rejects.toMatchObject({ code: "not-found" });
		await test.media.sweep();
		expect([await test.rows(), await test.files()]).toEqual([0, 0]);
	});
});
