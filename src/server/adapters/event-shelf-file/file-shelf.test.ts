import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createMemoryShelf } from "../../../../federation/testing/memory-shelf.ts";
import { describeEventShelf } from "../../../../tests/contracts/event-shelf-contract.ts";
import { testFolder } from "../../../../tests/interop/test-kith.ts";
import { createFileShelf } from "./file-shelf.ts";

describe("a shelf in memory", () => describeEventShelf(async () => createMemoryShelf()));

describe("a shelf in a file", () => {
	const folders: AsyncDisposable[] = [];
	describeEventShelf(async () => {
		const folder = await testFolder();
		folders.push(folder);
		return createFileShelf(folder.path);
	});

	it("leaves no name behind, so that nothing is left of it when its process ends", async () => {
		await using folder = await testFolder();
		const shelf = createFileShelf(folder.path);
		const place = await shelf.put("x".repeat(1_000_000));
		expect(await readdir(folder.path)).toEqual([]);
		expect(await shelf.text(place)).toHaveLength(1_000_000);
		await shelf.close();
		for (const each of folders) await each[Symbol.asyncDispose]();
	});
});
