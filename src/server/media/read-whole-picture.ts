import { parseMediaAddress } from "../../shared/media-address.ts";
import type { MediaEnvironment } from "./media-environment.ts";
import { findRecord } from "./read-media.ts";

/**
 * A picture of this server as base64, for an answer to somebody who may not ask for its address. undefined: there is
 * none, or it has more than `mostBytes`.
 */
export const readWholePicture = async (
	environment: MediaEnvironment,
	url: string,
	mostBytes: number,
): Promise<string | undefined> => {
	const address = parseMediaAddress(url);
	const record = address === undefined ? undefined : await findRecord(environment, address);
	if (record === undefined || record.isFile || record.sizeBytes > mostBytes) return undefined;
	const stored = await environment.storage.read(record.id);
	if (stored === undefined) return undefined;
	const pieces: Uint8Array[] = [];
	for await (const piece of stored.content) pieces.push(piece);
	return Buffer.concat(pieces).toString("base64");
};
