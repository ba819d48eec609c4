import { forgetStrayFiles } from "../media/files/outgoing-files.ts";
import { clientOutbox } from "./client-outbox.ts";
import { isMessage } from "./outbox-entry.ts";

/** Forgets files that were kept for a message which never came to be. */
export async function forgetStrays(): Promise<void> {
	const pictures = clientOutbox.items.get().flatMap((entry) => (isMessage(entry) && entry.picture) || []);
	const wanted = new Set(pictures.flatMap(({ fileId, thumbnail }) => [fileId, thumbnail?.fileId]));
	await forgetStrayFiles((fileId) => wanted.has(fileId));
}
