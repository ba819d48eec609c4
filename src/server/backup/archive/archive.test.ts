import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DatabaseSnapshot, DataFiles } from "../ports.ts";
import { headerSizeBytes, type KeyCost, makeArchiveKey, openArchiveKey } from "./archive-keys.ts";
import { openChunks, sealChunks } from "./chunks.ts";
import { readArchive } from "./read-archive.ts";
import { writeArchive } from "./write-archive.ts";

const cheap: KeyCost = { log2N: 4, r: 8, p: 1 };
const passphrase = "correct horse battery";
const sealedChunkBytes = 64 * 1024 + 16;

async function* inPieces(content: Uint8Array, sizeBytes = 50_000): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < content.length; at += sizeBytes) yield content.subarray(at, at + sizeBytes);
}

const collect = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
	const all: Uint8Array[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all);
};

const hashOf = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

const newKey = () => makeArchiveKey(passphrase, randomBytes, cheap);
const seal = async (content: Uint8Array): Promise<Buffer> => collect(sealChunks(inPieces(content), await newKey()));
const open = async (file: Buffer, word = passphrase): Promise<Buffer> => {
	const key = await openArchiveKey(word, file.subarray(0, headerSizeBytes));
	return collect(openChunks(inPieces(file.subarray(headerSizeBytes)), key));
};

describe("a sealed archive", () => {
	it("gives back what was put in, whatever its size and however it arrives", async () => {
		const nearChunks = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }));
		await fc.assert(
			fc.asyncProperty(nearChunks, fc.integer({ min: 500, max: 200_000 }), async ([chunks, more], pieceBytes) => {
				const content = randomBytes(Math.max(0, chunks * 64 * 1024 + more));
				const key = await newKey();
				const sealed = await collect(sealChunks(inPieces(content, pieceBytes), key));
				// Comparing megabytes byte by byte in a matcher takes seconds.
				expect((await open(sealed)).equals(content)).toBe(true);
			}),
			{ numRuns: 100 },
		);
	});

	it("shows nothing of its content", async () => {
		const content = Buffer.alloc(200_000, "canary");
		const sealed = await seal(content);
		expect(sealed.includes("canary")).toBe(false);
		expect(sealed.subarray(headerSizeBytes).equals((await seal(content)).subarray(headerSizeBytes))).toBe(false);
	});

	it("refuses another passphrase, and takes the same one in another composition of its letters", async () => {
		const sealed = await seal(randomBytes(10));
		await expect(open(sealed, "correct horse batterz")).rejects.toMatchObject({ code: "passphrase-wrong" });
		const composed = await makeArchiveKey("caf\u00e9 au lait!", randomBytes, cheap);
		await expect(openArchiveKey("cafe\u0301 au lait!", composed.header)).resolves.toEqual(composed);
	});

	it("refuses every altered byte", async () => {
		const sealed = await seal(randomBytes(150_000));
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(fc.nat(headerSizeBytes - 1), fc.nat(sealed.length - 1)),
				fc.integer({ min: 1, max: 255 }),
				async (at, mask) => {
					const changed = Buffer.from(sealed);
					changed.writeUInt8(changed.readUInt8(at) ^ mask, at);
					await expect(open(changed)).rejects.toMatchObject({ name: "BackupError" });
				},
			),
			{ numRuns: 200 },
		);
	});

	it.each([
		["of the smallest memory with the most lanes", [1, 1, 4]],
		["of more memory than its block size allows", [16, 1, 1]],
		["of more lanes than any backup has", [4, 1, 5]],
		["of no work at all", [0, 1, 1]],
	])("refuses a header that asks for a key %s", async (_what, costs) => {
		const { header } = await makeArchiveKey("correct horse battery", randomBytes, cheap);
		const forged = Buffer.from(header);
		forged.set(costs, "KITHBAK".length + 1);
		await expect(openArchiveKey("correct horse battery", forged)).rejects.toMatchObject({ name: "BackupError" });
	});

	it("refuses an archive that was cut short, also between two chunks", async () => {
		const sealed = await seal(randomBytes(150_000));
		const afterChunk = headerSizeBytes + sealedChunkBytes;
		await expect(open(sealed.subarray(0, afterChunk))).rejects.toMatchObject({ code: "truncated" });
		for (const end of [sealed.length - 1, afterChunk + 1, afterChunk - 1, headerSizeBytes]) {
			await expect(open(sealed.subarray(0, end))).rejects.toMatchObject({ code: "altered" });
		}
		await expect(open(sealed.subarray(0, headerSizeBytes - 1))).rejects.toMatchObject({ code: "no-backup" });
	});

	it("refuses chunks that were moved, doubled or added", async () => {
		const sealed = await seal(randomBytes(150_000));
		const header = sealed.subarray(0, headerSizeBytes);
		const first = sealed.subarray(headerSizeBytes, headerSizeBytes + sealedChunkBytes);
		const second = sealed.subarray(headerSizeBytes + sealedChunkBytes, headerSizeBytes + 2 * sealedChunkBytes);
		const last = sealed.subarray(headerSizeBytes + 2 * sealedChunkBytes);
		expect(await open(Buffer.concat([header, first, second, last]))).toHaveLength(150_000);
		for (const chunks of [
			[second, first, last],
			[first, first, second, last],
			[first, second, last, last],
			[second, last],
		]) {
			await expect(open(Buffer.concat([header, ...chunks]))).rejects.toMatchObject({ code: "altered" });
		}
	});

	it("asks neither a newer format nor a forged cost of this machine", async () => {
		const sealed = await seal(randomBytes(10));
		const newer = Buffer.from(sealed);
		newer.writeUInt8(2, 7);
		await expect(open(newer)).rejects.toMatchObject({ code: "format-newer" });
		const costly = Buffer.from(sealed);
		costly.writeUInt8(40, 8);
		await expect(open(costly)).rejects.toMatchObject({ code: "altered" });
	});
});

const manifest = {
	createdAt: 5,
	migrations: [{ name: "0001_first", checksum: "c" }],
	identity: { "server-name": "kith.test\n", "secrets.json": "{}", "signing.key": "k" },
};

const writeOf = async (rows: Uint8Array, media: readonly { path: string[]; content: Uint8Array }[]) => {
	const snapshot: DatabaseSnapshot = {
		migrations: manifest.migrations,
		tables: [{ name: "rooms", columns: ["nid"] }],
		readRows: () => inPieces(rows),
		readSequences: async () => [{ name: "rooms_nid_seq", value: "9223372036854775807", isCalled: true }],
	};
	const files: DataFiles = {
		readIdentity: async () => manifest.identity,
		async *media() {
			for (const { path, content } of media) yield { file: { path }, content: inPieces(content) };
		},
	};
	let file: Buffer = Buffer.alloc(0);
	const archive = {
		write: async (bytes: AsyncIterable<Uint8Array>) => {
			file = await collect(bytes);
		},
	};
	await writeArchive({ manifest, snapshot, files }, await newKey(), archive);
	return file;
};

const readOf = async (file: Buffer) => {
	const stored: unknown[] = [];
	const key = await openArchiveKey(passphrase, file.subarray(0, headerSizeBytes));
	const summary = await readArchive(inPieces(file.subarray(headerSizeBytes)), key, {
		loadTable: async (table, rows) => void stored.push([table.name, hashOf(await collect(rows))]),
		storeMedia: async (media, content) => void stored.push([media.path.join("/"), hashOf(await collect(content))]),
		setSequences: async (sequences) => void stored.push(sequences),
	});
	return { stored, summary };
};

describe("an archive's content", () => {
	it("comes back as it went in, in pieces of any size", async () => {
		const rows = randomBytes(2_500_000);
		const photo = randomBytes(100_001);
		const { stored, summary } = await readOf(
			await writeOf(rows, [
				{ path: ["ab", "photo"], content: photo },
				{ path: ["empty"], content: Buffer.alloc(0) },
			]),
		);
		expect(stored).toEqual([
			["rooms", hashOf(rows)],
			["ab/photo", hashOf(photo)],
			["empty", hashOf(Buffer.alloc(0))],
			[{ name: "rooms_nid_seq", value: "9223372036854775807", isCalled: true }],
		]);
		expect(summary).toEqual({ manifest, tableCount: 1, fileCount: 2 });
	});

	it.each([[["..", "x"]], [["a/b"]], [[""]], [["."]], [["a\\b"]]])("names no file outside media: %j", async (path) => {
		const content = Buffer.alloc(0);
		await expect(writeOf(content, [{ path, content }])).rejects.toMatchObject({ code: "file-unusable" });
	});

	it("of another make is refused although it is sealed as it should be", async () => {
		const texts = ["no frames", "\0\0\0\u0002Z{}", "\0\0\0\u0002M{}", "\xff\xff\xff\xffM{}", ""];
		const junk = texts.map((text) => gzipSync(Buffer.from(text, "latin1")));
		for (const content of [...junk, Buffer.from("not compressed"), gzipSync(randomBytes(500)).subarray(0, 300)]) {
			await expect(readOf(await seal(content))).rejects.toMatchObject({ code: "altered" });
		}
	});
});
