import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestDatabase, type TestDatabase } from "../../../../tests/setup/test-database.ts";
import { testPicture } from "../../../../tests/setup/test-pictures.ts";
import { createMediaDisk } from "../../adapters/media-disk/media-disk.ts";
import { createRemoteMediaStore } from "../../adapters/prisma/media/remote-media-store.ts";
import type { RemoteFile } from "../public.ts";
import { createRemoteFiles } from "./create-remote-files.ts";
import { createRemoteMedia, type RemoteMedia } from "./create-remote-media.ts";

const address = { serverName: "two.example", mediaId: "abc" };
const dot = testPicture("dot.png");

describe("a picture that another server has", () => {
	let folder: string;
	let test: TestDatabase;
	let now: number;
	let asked: string[];
	let answer: RemoteFile;

	beforeEach(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), "kith-remote-media-")));
		test = await createTestDatabase();
		now = Date.now();
		asked = [];
		answer = { kind: "found", body: dot };
	});
	afterEach(async () => {
		await test[Symbol.asyncDispose]();
		await rm(folder, { recursive: true, force: true });
	});

	const open = (
		mostBytes = 1_000_000,
		isShown: (serverName: string) => boolean = () => true,
		store = createRemoteMediaStore(test.database.pool),
	): RemoteMedia =>
		createRemoteMedia({
			store,
			storage: createMediaDisk({ folder: join(folder, "kept"), unfinished: join(folder, "unfinished") }),
			source: {
				fetch: async ({ serverName, mediaId }) => {
					asked.push(`${serverName}/${mediaId}`);
					return answer;
				},
			},
			clock: { now: () => now },
			randomBytes,
			log: silentLog,
			mostBytes,
			isShown,
		});
	const bytesOf = async (media: RemoteMedia, of = address): Promise<Buffer> => buffer((await media.read(of)).content);
	const kept = async (): Promise<number> =>
		(await readdir(join(folder, "kept"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
			.length;

	it("is asked for once, and is what its bytes are", async () => {
		const media = open();
		expect((await media.read(address)).contentType).toBe("image/png");
		expect(await bytesOf(media)).toEqual(Buffer.from(dot));
		expect(await bytesOf(open())).toEqual(Buffer.from(dot));
		expect(asked).toEqual(["two.example/abc"]);
	});

	it("is asked for once by many at the same moment", async () => {
		const media = open();
		const all = await Promise.all(Array.from({ length: 20 }, () => bytesOf(media)));
		expect(all.every((bytes) => bytes.equals(dot))).toBe(true);
		expect(asked).toHaveLength(1);
		expect(await kept()).toBe(1);
	});

	it("is not asked for again by who looked before it was here and comes after", async () => {
		const store = createRemoteMediaStore(test.database.pool);
		let goOn: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			goOn = resolve;
		});
		let looks = 0;
		const find: typeof store.find = async (...wanted) => {
			const found = await store.find(...wanted);
			looks += 1;
			if (looks === 1) await held;
			return found;
		};
		const media = open(undefined, undefined, { ...store, find });
		const late = bytesOf(media);
		await expect.poll(() => looks).toBe(1);
		expect(await bytesOf(media)).toEqual(Buffer.from(dot));
		goOn();
		expect(await late).toEqual(Buffer.from(dot));
		expect(asked).toHaveLength(1);
	});

	it("is asked for again when its content is gone, and keeps its name", async () => {
		await bytesOf(open());
		await rm(join(folder, "kept"), { recursive: true });
		expect(await bytesOf(open())).toEqual(Buffer.from(dot));
		expect(asked).toHaveLength(2);
		expect(await bytesOf(open())).toEqual(Buffer.from(dot));
		expect(asked).toHaveLength(2);
	});

	it("is not there when the bytes are no picture, whatever they were called; nobody asks again for a while", async () => {
		answer = { kind: "found", body: new TextEncoder().encode("<script>alert(1)</script>") };
		const media = open();
		await expect(media.read(address)).rejects.toMatchObject({ code: "not-found" });
		now += 9 * 60_000;
		await expect(media.read(address)).rejects.toMatchObject({ code: "not-found" });
		expect(asked).toHaveLength(1);
		now += 2 * 60_000;
		answer = { kind: "found", body: dot };
		expect(await bytesOf(media)).toEqual(Buffer.from(dot));
	});

	it("may be had later when the server cannot be asked", async () => {
		answer = { kind: "unreachable" };
		const media = open();
		await expect(media.read(address)).rejects.toMatchObject({ code: "unavailable" });
		await expect(media.read(address)).rejects.toMatchObject({ code: "unavailable" });
		expect(asked).toHaveLength(1);
		now += 61_000;
		answer = { kind: "found", body: dot };
		expect(await bytesOf(media)).toEqual(Buffer.from(dot));
	});

	it("goes when all take too much room: first what nobody has looked at for the longest time", async () => {
		const media = open(2 * dot.length);
		for (const mediaId of ["one", "two", "three"]) {
			await bytesOf(media, { ...address, mediaId });
			now += 2 * 60 * 60_000;
		}
		await bytesOf(media, { ...address, mediaId: "one" });
		await media.sweep();
		expect(await kept()).toBe(2);
		asked = [];
		for (const mediaId of ["one", "three", "two"]) await bytesOf(media, { ...address, mediaId });
		expect(asked).toEqual(["two.example/two"]);
	});

	it("is neither shown nor kept when its server is not wanted any more, and asked for again when it is", async () => {
		const other = { serverName: "three.example", mediaId: "abc" };
		let unwanted = "";
		const media = open(1_000_000, (serverName) => serverName !== unwanted);
		await Promise.all([bytesOf(media), bytesOf(media, other)]);
		unwanted = "two.example";
		await expect(media.read(address)).rejects.toMatchObject({ code: "not-found" });
		expect(await bytesOf(media, other)).toEqual(Buffer.from(dot));
		expect(await kept()).toBe(2);
		await media.sweep();
		expect(await kept()).toBe(1);
		expect(asked).toHaveLength(2);
		unwanted = "";
		expect(await bytesOf(media)).toEqual(Buffer.from(dot));
		expect(asked).toHaveLength(3);
	});

	it("is not asked for without bound", async () => {
		let release: (found: RemoteFile) => void = () => undefined;
		const slow = createRemoteMedia({
			store: createRemoteMediaStore(test.database.pool),
			storage: createMediaDisk({ folder: join(folder, "kept"), unfinished: join(folder, "unfinished") }),
			source: { fetch: () => new Promise((resolve) => (release = resolve)) },
			clock: { now: () => now },
			randomBytes,
			log: silentLog,
			mostBytes: 1000,
		});
		const reads = Array.from({ length: 17 }, (_, index) => slow.read({ ...address, mediaId: `m${index}` }));
		const refused = await Promise.any(
			reads.map((read) =>
				read.then(
					() => Promise.reject(new Error()),
					(error) => error,
				),
			),
		);
		expect(refused).toMatchObject({ code: "too-many-requests" });
		release({ kind: "missing" });
		for (const read of reads) read.catch(() => undefined);
	});

	it("is as a file whatever its bytes are, beside the small picture of the same address", async () => {
		const page = Buffer.from("<html>of another server</html>");
		const fetched: string[] = [];
		const files = createRemoteFiles(
			{
				store: createRemoteMediaStore(test.database.pool),
				storage: createMediaDisk({ folder: join(folder, "kept"), unfinished: join(folder, "unfinished") }),
				source: {
					fetch: async ({ mediaId }, mostBytes) => {
						fetched.push(`${mediaId} ${mostBytes}`);
						return { kind: "found", body: page };
					},
				},
				clock: { now: () => now },
				randomBytes,
				log: silentLog,
				mostBytes: 1_000_000,
			},
			500,
		);
		const pictures = open();
		expect((await pictures.read(address)).contentType).toBe("image/png");
		for (let round = 0; round < 2; round += 1) {
			const { contentType, content } = await files.read(address);
			expect([contentType, await buffer(content)]).toEqual(["application/octet-stream", page]);
		}
		expect(fetched).toEqual(["abc 500"]);
		expect(await bytesOf(pictures)).toEqual(Buffer.from(dot));
	});

	it("waits, as a file, until few enough servers are being asked, and comes however many are looked at", async () => {
		let running = 0;
		let most = 0;
		let release: () => void = () => undefined;
		const four = new Promise<void>((resolve) => {
			release = resolve;
		});
		const files = createRemoteFiles(
			{
				store: createRemoteMediaStore(test.database.pool),
				storage: createMediaDisk({ folder: join(folder, "kept"), unfinished: join(folder, "unfinished") }),
				source: {
					fetch: async ({ mediaId }) => {
						running += 1;
						most = Math.max(most, running);
						// The first ones stay until there are four, and long enough for a fifth to come.
						if (running === 4) setTimeout(release, 50);
						await four;
						running -= 1;
						if (mediaId === "5") throw new Error("broken");
						return { kind: "found", body: Buffer.from(mediaId) };
					},
				},
				...{ clock: { now: () => now }, randomBytes, log: silentLog, mostBytes: 1_000_000 },
			},
			500,
		);
		const outcomes = await Promise.allSettled(
			Array.from({ length: 30 }, async (_, index) => {
				const { content } = await files.read({ serverName: "two.example", mediaId: `${index}` });
				return (await buffer(content)).toString();
			}),
		);
		expect(outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))).toHaveLength(29);
		expect([most, running]).toEqual([4, 0]);
	});
});
