import { randomBytes } from "node:crypto";
import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { EventShelf } from "../../../../federation/ports/event-shelf.ts";

/** Texts are written so many bytes at a time. */
const blockBytes = 256 * 1024;
/** A place is where a text begins; how long it is stands before it, in four bytes. */
const lengthBytes = 4;

/**
 * A shelf in a file of the folder, made with the first text. The file has no name any more as soon as it is open, so that
 * it goes with this process however that ends.
 */
export const createFileShelf = (folder: string): EventShelf => {
	let file: Promise<FileHandle> | undefined;
	/** What is written, and what waits to be. */
	let written = 0;
	let waiting: Buffer[] = [];
	let waitingBytes = 0;
	const flush = async (): Promise<void> => {
		if (waitingBytes === 0) return;
		const block = Buffer.concat(waiting, waitingBytes);
		file ??= openUnnamed(folder);
		await (await file).write(block, 0, block.length, written);
		written += block.length;
		waiting = [];
		waitingBytes = 0;
	};
	return {
		put: async (text) => {
			const bytes = Buffer.from(text);
			const length = Buffer.alloc(lengthBytes);
			length.writeUInt32LE(bytes.length);
			const place = written + waitingBytes;
			waiting.push(length, bytes);
			waitingBytes += lengthBytes + bytes.length;
			if (waitingBytes >= blockBytes) await flush();
			return place;
		},
		text: async (place) => {
			await flush();
			const handle = await file;
			if (handle === undefined) throw new Error("nothing was put down");
			const length = await readExactly(handle, lengthBytes, place);
			const bytes = await readExactly(handle, length.readUInt32LE(), place + lengthBytes);
			return bytes.toString("utf8");
		},
		close: async () => {
			waiting = [];
			waitingBytes = 0;
			await (await file)?.close();
			file = undefined;
		},
	};
};

const openUnnamed = async (folder: string): Promise<FileHandle> => {
	const path = join(folder, `kith-events-${randomBytes(9).toString("hex")}`);
	const handle = await open(path, "wx+", 0o600);
	await unlink(path);
	return handle;
};

const readExactly = async (handle: FileHandle, size: number, position: number): Promise<Buffer> => {
	const bytes = Buffer.alloc(size);
	const { bytesRead } = await handle.read(bytes, 0, size, position);
	if (bytesRead !== size) throw new Error(`nothing lies at ${position}`);
	return bytes;
};
