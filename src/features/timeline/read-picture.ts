import type { OutgoingPicture, SealedPicture } from "../../client/outbox/outbox-item.ts";
import { fileIn, isPicture, isRecord, textField } from "../../client/store/event-content.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { PictureSnapshot, PictureSourceSnapshot } from "./timeline-snapshot.ts";

/** The largest and the smallest box that a picture gets, in pixels. */
const largest = { width: 320, height: 340 } as const;
const smallest = { width: 140, height: 100 } as const;
const unknown = { width: 320, height: 240 } as const;

/** The picture of a message; undefined: it has none. */
export function pictureOf(event: WireEvent): PictureSnapshot | undefined {
	if (!isPicture(event)) return undefined;
	const { content } = event;
	const info = isRecord(content["info"]) ? content["info"] : {};
	const full = sourceIn(content["file"], content["url"]);
	if (full === undefined) return undefined;
	return {
		full,
		thumbnail: sourceIn(info["thumbnail_file"], content["file"] === undefined ? info["thumbnail_url"] : undefined),
		box: boxOf(info["w"], info["h"]),
		filename: textField(content, "filename") ?? textField(content, "body") ?? "",
		blurhash: textField(info, "xyz.amorgan.blurhash"),
	};
}

/** One on its way out. */
export function pictureOfOutbox({ filename, blurhash, thumbnail, ...full }: OutgoingPicture): PictureSnapshot {
	const source = ({ fileId, keys }: SealedPicture) => ({ kind: "outgoing", fileId, keys }) as const;
	return {
		full: source(full),
		thumbnail: thumbnail && source(thumbnail),
		box: boxOf(full.width, full.height),
		filename,
		blurhash,
	};
}

/** An encrypted file, or one in clear: what is to be encrypted and cannot be opened is none. */
function sourceIn(file: unknown, url: unknown): PictureSourceSnapshot | undefined {
	if (file === undefined) {
		return typeof url === "string" ? { kind: "address", address: url, keys: undefined } : undefined;
	}
	const found = fileIn(file);
	return found && { kind: "address", ...found };
}

/** The room that a picture is given before it is there: of its shape, where that is one that can be drawn. */
export function boxOf(width: unknown, height: unknown): { readonly width: number; readonly height: number } {
	if (!isLength(width) || !isLength(height)) return unknown;
	const scale = Math.min(1, largest.width / width, largest.height / height);
	return {
		width: Math.max(smallest.width, Math.round(width * scale)),
		height: Math.max(smallest.height, Math.round(height * scale)),
	};
}

function isLength(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value) && value >= 1 && value <= 1_000_000;
}
