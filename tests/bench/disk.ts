import { fdatasync, open, rm, write } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { median, timed } from "./statistics.ts";

const block = Buffer.alloc(8192, 1);
const rounds = 100;

/** Median milliseconds that this folder's disk takes to write one block and put it down for good. */
export async function measureFdatasync(folder: string): Promise<number> {
	const file = join(folder, "fdatasync.bin");
	const descriptor = await promisify(open)(file, "w");
	// Written once before, as PostgreSQL's log is, so that no round pays for the file growing.
	await promisify(write)(descriptor, Buffer.alloc(block.length * rounds), 0, block.length * rounds, 0);
	await promisify(fdatasync)(descriptor);
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		times.push(
			await timed(async () => {
				await promisify(write)(descriptor, block, 0, block.length, round * block.length);
				await promisify(fdatasync)(descriptor);
			}),
		);
	}
	await promisify(rm)(file);
	return median(times);
}
