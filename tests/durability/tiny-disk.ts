import { execFile } from "node:child_process";
import { mkdtemp, open, realpath, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A small file system of its own that can be filled to the last byte. */
export interface TinyDisk extends AsyncDisposable {
	readonly folder: string;
	/** Takes all the room that is left. */
	fill(): Promise<void>;
	/** Gives that room back. */
	free(): Promise<void>;
}

/** Mounts one; where this user or this machine may not, says why. */
export async function mountTinyDisk(sizeMb: number): Promise<TinyDisk | { readonly refused: string }> {
	if (process.platform !== "linux") return { refused: "needs Linux" };
	const folder = await realpath(await mkdtemp(join(tmpdir(), "kith-disk-")));
	try {
		await execute("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m,mode=0755`, "tmpfs", folder]);
	} catch (error) {
		await rm(folder, { recursive: true });
		return { refused: `mounting is not permitted (${error instanceof Error ? error.message.trim() : "unknown"})` };
	}
	const ballast = join(folder, "ballast");
	return {
		folder,
		fill: async () => {
			const { bavail, bsize } = await statfs(folder);
			await using file = await open(ballast, "a");
			const block = Buffer.alloc(bsize);
			// What others take at the same time may leave less than was counted.
			for (let left = bavail; left > 0; left -= 1) {
				const { bytesWritten } = await file.write(block).catch(() => ({ bytesWritten: 0 }));
				if (bytesWritten < bsize) return;
			}
		},
		free: () => rm(ballast, { force: true }),
		[Symbol.asyncDispose]: async () => {
			await execute("umount", [folder]);
			await rm(folder, { recursive: true });
		},
	};
}
