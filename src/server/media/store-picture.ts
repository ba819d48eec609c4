import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { formatMediaAddress } from "../../shared/media-address.ts";
import { pictureLimits } from "../../shared/wire/media-calls.ts";
import type { MediaEnvironment } from "./media-environment.ts";
import { inTurnOf } from "./own-turns.ts";
import { readPictureFacts } from "./pictures/read-picture-facts.ts";
import type { MediaId } from "./ports.ts";

export interface Upload {
	readonly userId: UserId;
	readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Stores a picture that stands for a person or a room and returns its `mxc://` address. What it is and how large is read
 * from its bytes. Throws `too-large`, `bad-input` (no such picture), `quota-reached`, `too-many-requests`, `storage-full`.
 */
export const storePicture = (environment: MediaEnvironment, upload: Upload): Promise<string> =>
	inTurnOf(environment, upload.userId, async () => store(environment, upload.userId, await collect(upload.content)));

/** Nothing more is read, or held, once it is too much. */
const collect = async (content: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
	const pieces: Uint8Array[] = [];
	let sizeBytes = 0;
	for await (const piece of content) {
		sizeBytes += piece.length;
		if (sizeBytes > pictureLimits.sizeBytes) throw new AppError("too-large");
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
};

/** The row comes first: content without one would never be found again. */
const store = async (
	{ store: records, storage, quota, serverName, clock, randomBytes }: MediaEnvironment,
	ownerId: UserId,
	bytes: Uint8Array,
): Promise<string> => {
	const facts = readPictureFacts(bytes);
	if (facts === undefined) throw new AppError("bad-input", { detail: "picture" });
	if (Math.max(facts.width, facts.height) > pictureLimits.edgePixels) throw new AppError("too-large");
	const id = Buffer.from(randomBytes(16)).toString("hex") as MediaId;
	const { contentType } = facts;
	const record = { id, ownerId, contentType, sizeBytes: bytes.length, createdAt: clock.now() };
	if (!(await records.add(record, quota))) throw new AppError("quota-reached");
	try {
		await storage.write(id, bytes);
	} catch (error) {
		await records.forget(id);
		throw error;
	}
	return formatMediaAddress({ serverName, mediaId: id });
};
