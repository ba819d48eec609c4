import { filesPath } from "../../shared/media-address.ts";
import { clientOutbox } from "../outbox/client-outbox.ts";
import type { OutgoingPicture, SealedPicture } from "../outbox/outbox-item.ts";
import { type AttachedPicture, attachedPictures, changeAttached } from "./attached-pictures.ts";
import { keepOutgoingFile } from "./files/outgoing-files.ts";
import { askMedia } from "./worker/media-link.ts";
import type { EncodedPicture, PreparedPicture } from "./worker/media-message.ts";

/** At a time. */
const mostPictures = 10;

/** Makes files that somebody chose ready to be sent; what is none of the pictures that are shown is said. */
export async function attachFiles(roomId: string, files: readonly File[]): Promise<void> {
	const room = mostPictures - (attachedPictures.get().get(roomId)?.pictures.length ?? 0);
	const taken = files.slice(0, Math.max(0, room)).map((file) => ({ file, id: randomHex(8) }));
	changeAttached(roomId, ({ pictures }) => ({
		pictures: [...pictures, ...taken.map(({ id, file }) => ({ id, filename: file.name, ready: undefined }))],
		problem: taken.length < files.length ? "too-many" : undefined,
	}));
	// One after the other: each takes much memory while it is decoded.
	for (const { id, file } of taken) await makeReady(roomId, id, file);
}

async function makeReady(roomId: string, id: string, file: File): Promise<void> {
	const answer = await askMedia<"prepare">({ kind: "prepare", file }).catch(() => undefined);
	if (answer?.kind !== "prepared") {
		const problem = answer?.fault === "too-large" ? "too-large" : "not-a-picture";
		changeAttached(roomId, ({ pictures }) => ({ pictures: without(pictures, id), problem }));
		return;
	}
	const { picture } = answer;
	if (picture.full.content.size > (await mostUploadBytes())) {
		changeAttached(roomId, ({ pictures }) => ({ pictures: without(pictures, id), problem: "too-large" }));
		return;
	}
	const url = URL.createObjectURL((picture.thumbnail ?? picture.full).content);
	changeAttached(roomId, (attached) => ({
		...attached,
		pictures: attached.pictures.map((one) => (one.id === id ? { ...one, ready: { url, picture } } : one)),
	}));
}

export function dropAttached(roomId: string, id: string): void {
	changeAttached(roomId, ({ pictures, problem }) => {
		const dropped = pictures.find((one) => one.id === id);
		if (dropped?.ready !== undefined) URL.revokeObjectURL(dropped.ready.url);
		return { pictures: without(pictures, id), problem };
	});
}

export interface PictureWords {
	readonly userId: string;
	readonly roomId: string;
	/** The caption of the first one. */
	readonly body: string;
	readonly replyTo: string | undefined;
	readonly mentions: readonly string[];
}

/** Puts what is attached into the outbox, a message each. */
export async function sendAttached({ body, replyTo, mentions, ...where }: PictureWords): Promise<void> {
	const { roomId } = where;
	const pictures = attachedPictures.get().get(roomId)?.pictures ?? [];
	changeAttached(roomId, () => ({ pictures: [], problem: undefined }));
	for (const [index, { filename, ready }] of pictures.entries()) {
		if (ready === undefined) continue;
		const { outgoing, isKept } = await seal(filename, ready.picture);
		const words = index === 0 ? { body, replyTo, mentions } : { body: "" };
		clientOutbox.add({ ...where, ...words, picture: outgoing });
		URL.revokeObjectURL(ready.url);
		if (!isKept) changeAttached(roomId, (attached) => ({ ...attached, problem: "not-kept" }));
	}
}

async function seal(name: string, { full, thumbnail, blurhash }: PreparedPicture) {
	const sealedFull = await sealFile(full);
	const sealedSmall = thumbnail && (await sealFile(thumbnail));
	const outgoing: OutgoingPicture = {
		...sealedFull.file,
		filename: filenameFor(name, full),
		blurhash,
		...(sealedSmall && { thumbnail: sealedSmall.file }),
	};
	return { outgoing, isKept: sealedFull.isKept && sealedSmall?.isKept !== false };
}

async function sealFile({ content, type, width, height }: EncodedPicture) {
	const { ciphertext, keys } = await askMedia<"seal">({ kind: "seal", content });
	const fileId = randomHex(16).slice(1);
	const isKept = await keepOutgoingFile(fileId, ciphertext);
	const file: SealedPicture = { fileId, keys, type, width, height, sizeBytes: content.size };
	return { file, isKept };
}

/** The name it had, with the ending of what was made of it. */
function filenameFor(name: string, { type }: EncodedPicture): string {
	const stem = name.replace(/\.[^.]*$/, "").slice(0, 200);
	return `${stem === "" ? "photo" : stem}.${type === "image/webp" ? "webp" : "jpg"}`;
}

let askedLimit: Promise<number> | undefined;

/** What the server takes; without an answer it says so itself when it is sent. */
function mostUploadBytes(): Promise<number> {
	askedLimit ??= readLimit().catch(() => {
		askedLimit = undefined;
		return Number.POSITIVE_INFINITY;
	});
	return askedLimit;
}

async function readLimit(): Promise<number> {
	const answer: Record<string, unknown> = await (await fetch(filesPath)).json();
	const limit = answer["m.upload.size"];
	if (typeof limit !== "number") throw new Error("the server does not say");
	return limit;
}

const without = (pictures: readonly AttachedPicture[], id: string) => pictures.filter((one) => one.id !== id);

function randomHex(count: number): string {
	const bytes = crypto.getRandomValues(new Uint8Array(count));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
