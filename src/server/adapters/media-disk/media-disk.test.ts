import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MediaId } from "../../media/public.ts";
import { createMediaDisk } from "./media-disk.ts";

const id = "0123456789abcdef0123456789abcdef" as MediaId;

async function createPlace() {
	const root = await mkdtemp(join(tmpdir(), "kith-media-"));
	const folder = join(root, "media");
	const unfinished = join(root, "media-unfinished");
	return {
		folder,
		unfinished,
		disk: createMediaDisk({ folder, unfinished }),
		path: join(folder, "01", id),
		[Symbol.asyncDispose]: () => rm(root, { recursive: true }),
	};
}

const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
	const pieces: Uint8Array[] = [];
	for await (const piece of content) pieces.push(piece);
	return Buffer.concat(pieces).toString();
};

describe("content on the disk", () => {
	it("is what was written, for its owner's eyes alone, until it is removed", async () => {
		await using place = await createPlace();
		expect(await place.disk.read(id)).toBeUndefined();
		await place.disk.write(id, Buffer.from("pixels"));
		const stored = await place.disk.read(id);
		expect(stored?.sizeBytes).toBe(6);
		expect(stored && (await textOf(stored.content))).toBe("pixels");
		expect((await stat(place.path)).mode & 0o777).toBe(0o600);
		expect(await readdir(place.unfinished)).toEqual([]);
		await place.disk.remove(id);
		await place.disk.remove(id);
		expect(await place.disk.read(id)).toBeUndefined();
	});

	it.each(["../secrets.json", "..", "", `${id}/../../x`, id.toUpperCase(), `${id}0`])(
		"has no place for %j",
		async (bad) => {
			await using place = await createPlace();
			await expect(place.disk.write(bad as MediaId, Buffer.from("x"))).rejects.toThrow("no id");
			await expect(place.disk.read(bad as MediaId)).rejects.toThrow("no id");
			await expect(place.disk.remove(bad as MediaId)).rejects.toThrow("no id");
		},
	);

	it("leaves nothing of a write that fails", async () => {
		await using place = await createPlace();
		await writeFile(place.folder, "in the way");
		await expect(place.disk.write(id, Buffer.from("pixels"))).rejects.toThrow();
		expect(await readdir(place.unfinished)).toEqual([]);
	});

	it("throws away what a crash left behind, and nothing that is being written", async () => {
		await using place = await createPlace();
		await place.disk.removeUnfinished(Date.now());
		await place.disk.write(id, Buffer.from("pixels"));
		await writeFile(join(place.unfinished, "old"), "half");
		await writeFile(join(place.unfinished, "young"), "half");
		await utimes(join(place.unfinished, "old"), 1000, 1000);
		await place.disk.removeUnfinished(1_000_001);
		expect(await readdir(place.unfinished)).toEqual(["young"]);
		expect(await readFile(place.path, "utf8")).toBe("pixels");
	});
});
