import { mkdtemp, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "./data-folder.ts";

let folder = "";

beforeEach(async () => {
	folder = await realpath(await mkdtemp(join(tmpdir(), "kith-data-")));
});

afterEach(() => rm(folder, { recursive: true }));

describe("openDataFolder", () => {
	it("makes the folder and those above it, open to no reader but its owner", async () => {
		const path = join(folder, "a", "b");
		expect(await openDataFolder(path)).toBe(path);
		expect((await stat(path)).mode & 0o066).toBe(0);
	});

	it("follows a link to where the data are", async () => {
		const path = await openDataFolder(join(folder, "real"));
		await symlink(path, join(folder, "link"));
		expect(await openDataFolder(join(folder, "link"))).toBe(path);
	});

	it("refuses a file in the folder's place in one line", async () => {
		const path = join(folder, "file");
		await writeFile(path, "");
		await expect(openDataFolder(path)).rejects.toMatchObject({
			code: "data-folder",
			message: `KITH_DATA_DIR: ${path}: it is no folder — example: KITH_DATA_DIR=/var/lib/kith`,
		});
	});
});
