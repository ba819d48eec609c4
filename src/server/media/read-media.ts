import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { type MediaAddress, parseMediaAddress } from "../../shared/media-address.ts";
import type { MediaEnvironment } from "./media-environment.ts";
import type { FoundMedia, MediaId, StoredContent } from "./ports.ts";

export interface ReadMedia extends StoredContent {
	readonly contentType: string;
}

/** Which of what is stored here: pictures of people and rooms, files of messages, or either. */
export type MediaKind = "picture" | "file" | "any";

/** A file of this server, for whoever is signed in: its address cannot be guessed. Throws `not-found`. */
export const readMedia = async (
	environment: MediaEnvironment,
	address: MediaAddress,
	kind: MediaKind,
): Promise<ReadMedia> => {
	const found = await findRecord(environment, address);
	const record = kind === "any" || found?.isFile === (kind === "file") ? found : undefined;
	const stored = record === undefined ? undefined : await environment.storage.read(record.id);
	if (record === undefined || stored === undefined) throw new AppError("not-found");
	return { ...stored, contentType: record.contentType };
};

/** Throws `bad-input` unless the address is of a picture that this person uploaded here. */
export const requireOwnPicture = async (environment: MediaEnvironment, userId: UserId, url: string): Promise<void> => {
	const address = parseMediaAddress(url);
	const record = address === undefined ? undefined : await findRecord(environment, address);
	if (record === undefined || record.isFile || record.ownerId !== userId) {
		throw new AppError("bad-input", { detail: "avatarUrl" });
	}
};

/** undefined: the address is not of this server, or there is no such file. */
export const findRecord = async (
	{ store, serverName }: MediaEnvironment,
	address: MediaAddress,
): Promise<FoundMedia | undefined> => {
	const isOurs = address.serverName === serverName && /^[0-9a-f]{32}$/.test(address.mediaId);
	return isOurs ? store.find(address.mediaId as MediaId) : undefined;
};
