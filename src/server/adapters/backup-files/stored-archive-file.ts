import { createReadStream } from "node:fs";
import type { StoredArchive } from "../../backup/ports.ts";
import { BackupError } from "../../backup/public.ts";

const pieceSizeBytes = 256 * 1024;

export const createStoredArchiveFile = (file: string): StoredArchive => ({
	async *read(fromByte, toByte) {
		const range = { start: fromByte, ...(toByte === undefined ? {} : { end: toByte - 1 }) };
		try {
			for await (const piece of createReadStream(file, { ...range, highWaterMark: pieceSizeBytes })) yield piece;
		} catch (cause) {
			const { code } = cause as NodeJS.ErrnoException;
			if (code === undefined) throw cause;
			const reason = code === "ENOENT" ? "there is no such file" : code;
			throw new BackupError("file-unusable", `${file} cannot be read: ${reason}`, cause);
		}
	},
});
