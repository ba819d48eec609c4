import { fetchedOrGone } from "../../shared/until-fetched.ts";
import { encryptionOf } from "../crypto/room-encryption.ts";
import { forgetOutgoingFile, readOutgoingFile } from "../media/files/outgoing-files.ts";
import { uploadFile } from "../media/files/upload-file.ts";
import { noteSent } from "../media/pictures/shown-pictures.ts";
import { askMedia } from "../media/worker/media-link.ts";
import { failureOf } from "../trpc/errors.ts";
import { api } from "../trpc/trpc.ts";
import type { MessageWords } from "./message-content.ts";
import type { SentReceipt } from "./outbox.ts";
import type { OutgoingPicture, SealedPicture } from "./outbox-item.ts";
import { type PictureAddresses, plainPictureInfo, sealedPictureContent } from "./picture-content.ts";
import { noteProgress } from "./upload-progress.ts";

interface PictureEntry extends MessageWords {
	readonly roomId: string;
	readonly transactionId: string;
	readonly picture: OutgoingPicture;
}

/** Where files went, by upload: a retry of the message alone sends them no second time. */
const addresses = new Map<string, string>();
const underWay = new Map<string, AbortController>();

/** Uploads a picture's files, and then hands its message to the server. */
export async function transmitPicture(entry: PictureEntry): Promise<SentReceipt> {
	try {
		return await attempt(entry);
	} catch (error) {
		if (failureOf(error).code !== "file-gone") throw error;
		// They were uploaded long ago, and nothing referred to them: once more from the beginning.
		addresses.clear();
		return await attempt(entry);
	}
}

/** Lets go of what was kept to send a picture, and stops sending it. */
export async function forgetPicture(transactionId: string, { thumbnail, fileId }: OutgoingPicture): Promise<void> {
	underWay.get(transactionId)?.abort();
	noteProgress(transactionId, undefined);
	await Promise.all([fileId, ...(thumbnail ? [thumbnail.fileId] : [])].map(forgetOutgoingFile));
}

async function attempt(entry: PictureEntry): Promise<SentReceipt> {
	const { roomId, transactionId, picture, mentions, replyTo, body } = entry;
	const encryption = encryptionOf(roomId);
	const { full, thumbnail } = await upload(entry, encryption !== undefined);
	if (encryption !== undefined) {
		const { transmitSealedPicture } = await fetchedOrGone(() => import("./transmit-sealed.ts"));
		const content = sealedPictureContent(entry, picture, { full, thumbnail });
		const media = thumbnail === undefined ? [full] : [full, thumbnail];
		return transmitSealedPicture({ roomId, transactionId, encryption }, content, media);
	}
	return api.messages.sendPicture.mutate({
		...{ roomId, transactionId, url: full, filename: picture.filename },
		body: body === "" ? picture.filename : body,
		info: plainPictureInfo(picture, { full, thumbnail }),
		...(replyTo !== undefined && { replyTo }),
		...(mentions !== undefined && { mentions: [...mentions] }),
	});
}

async function upload({ transactionId, picture }: PictureEntry, isSealed: boolean): Promise<PictureAddresses> {
	const stop = new AbortController();
	underWay.set(transactionId, stop);
	const { thumbnail } = picture;
	// The small one is a few percent of it.
	const share = thumbnail === undefined ? 0 : thumbnail.sizeBytes / (thumbnail.sizeBytes + picture.sizeBytes);
	const send = (file: SealedPicture, from: number, to: number): Promise<string> =>
		uploadOnce(file, isSealed, {
			signal: stop.signal,
			onProgress: (done) => noteProgress(transactionId, from + done * (to - from)),
		});
	noteProgress(transactionId, 0);
	try {
		const small = thumbnail && (await send(thumbnail, 0, share));
		return { thumbnail: small, full: await send(picture, share, 1) };
	} finally {
		underWay.delete(transactionId);
		noteProgress(transactionId, undefined);
	}
}

type Way = Pick<Parameters<typeof uploadFile>[1], "signal" | "onProgress">;

async function uploadOnce(file: SealedPicture, isSealed: boolean, way: Way): Promise<string> {
	// Sealed and open it is two uploads: the server must never have one under the name of the other.
	const uploadId = `${file.fileId}${isSealed ? "1" : "0"}`;
	const known = addresses.get(uploadId);
	if (known !== undefined) return known;
	const ciphertext = await readOutgoingFile(file.fileId);
	if (ciphertext === undefined) throw lost();
	const content = isSealed ? ciphertext : await opened(ciphertext, file);
	const contentType = isSealed ? "application/octet-stream" : file.type;
	const address = await uploadFile(content, { uploadId, contentType, ...way });
	addresses.set(uploadId, address);
	noteSent(file.fileId, address);
	return address;
}

async function opened(ciphertext: Blob, { keys }: SealedPicture): Promise<Blob> {
	const answer = await askMedia<"open">({ kind: "open", ciphertext, keys, isPicture: false });
	if (answer.kind === "refused") throw lost();
	return answer.content;
}

/** The page that had the picture is gone, and the browser did not keep it. */
function lost(): Error {
	return Object.assign(new Error("the picture is not here any more"), { code: "file-lost" });
}
