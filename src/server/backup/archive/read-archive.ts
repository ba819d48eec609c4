import { createGunzip } from "node:zlib";
import type { z } from "zod";
import type { Bytes, RestoreSink } from "../ports.ts";
import {
	archivedFile,
	archivedTable,
	archiveEnd,
	entryEnd,
	type Manifest,
	manifest as manifestSchema,
} from "./archive-content.ts";
import type { ArchiveKey } from "./archive-keys.ts";
import { openChunks } from "./chunks.ts";
import type { Frame, FrameKind } from "./frame.ts";
import { passThrough } from "./pass-through.ts";
import { readFrames, unreadable } from "./read-frames.ts";

export interface ArchiveSummary {
	readonly manifest: Manifest;
	readonly tableCount: number;
	readonly fileCount: number;
}

/**
 * Takes an archive apart, from the first byte behind its header to the last, in little memory. Throws BackupError
 * `altered` and `truncated`; the sink may have been given a part by then.
 */
export const readArchive = async (sealed: Bytes, key: ArchiveKey, sink: RestoreSink): Promise<ArchiveSummary> => {
	const frames = readFrames(passThrough(openChunks(sealed, key), createGunzip({ chunkSize: 64 * 1024 })));
	try {
		return await readEntries(frames, sink);
	} catch (error) {
		// The key was right, so junk in place of compressed text was sealed as such.
		throw error instanceof Error && "code" in error && String(error.code).startsWith("Z_") ? unreadable(error) : error;
	} finally {
		await frames.return(undefined);
	}
};

const readEntries = async (frames: AsyncGenerator<Frame>, sink: RestoreSink): Promise<ArchiveSummary> => {
	const next = async (): Promise<Frame> => {
		const { value, done } = await frames.next();
		if (done === true) throw unreadable();
		return value;
	};
	const manifest = parse(manifestSchema, await next(), "M");
	const counts = { tableCount: 0, fileCount: 0 };
	for (let frame = await next(); ; frame = await next()) {
		const content = entryContent(next);
		if (frame.kind === "T") {
			await sink.loadTable(parse(archivedTable, frame, "T"), content.bytes);
			counts.tableCount += 1;
		} else if (frame.kind === "F") {
			await sink.storeMedia(parse(archivedFile, frame, "F"), content.bytes);
			counts.fileCount += 1;
		} else {
			const end = parse(archiveEnd, frame, "Z");
			if (end.tableCount !== counts.tableCount || end.fileCount !== counts.fileCount) throw unreadable();
			if (!(await frames.next()).done) throw unreadable();
			await sink.setSequences(end.sequences);
			return { manifest, ...counts };
		}
		if (!content.hasEnded()) throw new Error("an entry of a backup was not read to its end");
	}
};

/** What belongs to the entry that has begun; whoever is given it reads it to its end. */
const entryContent = (next: () => Promise<Frame>): { bytes: Bytes; hasEnded: () => boolean } => {
	let sizeBytes = 0;
	let hasEnded = false;
	async function* read(): AsyncGenerator<Uint8Array> {
		for (let frame = await next(); ; frame = await next()) {
			if (frame.kind !== "D") {
				if (parse(entryEnd, frame, "E").sizeBytes !== sizeBytes) throw unreadable();
				hasEnded = true;
				return;
			}
			sizeBytes += frame.content.length;
			yield frame.content;
		}
	}
	return {
		bytes: read(),
		hasEnded: () => hasEnded,
	};
};

const parse = <S extends z.ZodType>(schema: S, frame: Frame, kind: FrameKind): z.output<S> => {
	if (frame.kind !== kind) throw unreadable();
	let value: unknown;
	try {
		value = JSON.parse(frame.content.toString("utf8"));
	} catch (cause) {
		throw unreadable(cause);
	}
	const parsed = schema.safeParse(value);
	if (!parsed.success) throw unreadable(parsed.error);
	return parsed.data;
};
