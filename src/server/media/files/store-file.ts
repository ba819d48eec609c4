import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import { formatMediaAddress } from "../../../shared/media-address.ts";
import type { MediaEnvironment } from "../media-environment.ts";
import { inTurnOf } from "../own-turns.ts";
import type { MediaId } from "../ports.ts";
import { typeOfHead } from "./type-of-head.ts";

export interface FileUpload {
	readonly userId: UserId;
	/** Of the uploader's choosing: the same id again is the same upload, and gets the same address. */
	readonly uploadId: string;
	/** As announced: more is not taken, and less is not kept. */
	readonly sizeBytes: number;
	/** What a client says that it is; believed of pictures that begin like one. */
	readonly contentType: string;
	/** True: a message to a device will refer to it, which is no event that could hold it. */
	readonly isForDevice: boolean;
	readonly content: AsyncIterable<Uint8Array>;
}

const dayMs = 24 * 60 * 60 * 1000;
/** As long as messages to devices wait for a server that is gone. */
const deviceFileMs = 30 * dayMs;

/**
 * Stores a file to which a message will refer, a piece at a time, and returns its `mxc://` address. To this server it is
 * bytes: what it is may be encrypted. Throws `bad-input` (less than announced, or an upload id that stands for another
 * file), `too-large`, `quota-reached`, `too-many-requests`, `storage-full`.
 */
export const storeFile = async (environment: MediaEnvironment, upload: FileUpload): Promise<string> => {
	if (upload.sizeBytes > environment.mostFileBytes) throw new AppError("too-large");
	return inTurnOf(environment, upload.userId, () => store(environment, upload));
};

const store = async (environment: MediaEnvironment, upload: FileUpload): Promise<string> => {
	const { store: records, storage, fileQuota, serverName, clock, randomBytes } = environment;
	const { userId, uploadId, sizeBytes, isForDevice } = upload;
	const pieces = upload.content[Symbol.asyncIterator]();
	const first = await pieces.next();
	const createdAt = clock.now();
	const reserved = await records.reserve(
		{
			id: Buffer.from(randomBytes(16)).toString("hex") as MediaId,
			ownerId: userId,
			contentType: typeOfHead(first.done ? new Uint8Array() : first.value, upload.contentType),
			createdAt,
			expiresAt: createdAt + (isForDevice ? deviceFileMs : dayMs),
			...{ uploadId, sizeBytes },
		},
		fileQuota,
	);
	if (reserved.kind === "full") throw new AppError("quota-reached");
	if (reserved.kind === "taken") throw new AppError("bad-input", { detail: "uploadId" });
	if (reserved.kind === "reserved") {
		// What was cut off leaves its row: the retry fills it, or a sweep takes it.
		await storage.write(reserved.id, bounded(first, pieces, sizeBytes));
		if (!(await records.complete(reserved.id))) {
			await storage.remove(reserved.id);
			throw new AppError("unavailable");
		}
	}
	return formatMediaAddress({ serverName, mediaId: reserved.id });
};

/** Exactly so many bytes, or none of them is kept. */
async function* bounded(
	first: IteratorResult<Uint8Array>,
	pieces: AsyncIterator<Uint8Array>,
	sizeBytes: number,
): AsyncGenerator<Uint8Array> {
	let taken = 0;
	for (let next = first; next.done !== true; next = await pieces.next()) {
		taken += next.value.length;
		if (taken > sizeBytes) throw new AppError("too-large");
		yield next.value;
	}
	if (taken < sizeBytes) throw new AppError("bad-input", { detail: "shorter than announced" });
}
