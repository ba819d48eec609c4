import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { timed } from "./statistics.ts";

const block = Buffer.alloc(8192, 1);
const blockCount = 256;

/** A file on a folder's disk, to see what putting one block down for good takes there. */
export interface DiskProbe extends AsyncDisposable {
	/** Milliseconds of one write and its fdatasync. */
	sample(): Promise<number>;
}

export async function openDiskProbe(folder: string): Promise<DiskProbe> {
	const path = join(folder, "fdatasync.bin");
	const file = await open(path, "w");
	// Written once before, as PostgreSQL's log is, so that no sample pays for the file growing.
	await file.write(Buffer.alloc(block.length * blockCount));
	await file.datasync();
	let count = 0;
	return {
		sample: () => {
			count += 1;
			return timed(() => writeBlock(file, count % blockCount));
		},
		[Symbol.asyncDispose]: async () => {
			await file.close();
			await rm(path);
		},
	};
}

async function writeBlock(file: FileHandle, place: number): Promise<void> {
	await file.write(block, 0, block.length, place * block.length);
	await file.datasync();
}
