import type { WirePictureInfo } from "../../shared/wire/picture-info.ts";
import { type MessageWords, messageContent } from "./message-content.ts";
import type { OutgoingPicture, SealedPicture } from "./outbox-item.ts";

/** Where the files of a picture are at the server. */
export interface PictureAddresses {
	readonly full: string;
	readonly thumbnail: string | undefined;
}

type Facts = Pick<SealedPicture, "type" | "width" | "height" | "sizeBytes">;

const infoOf = ({ width, height, type, sizeBytes }: Facts) => ({
	...{ w: width, h: height, size: sizeBytes },
	// The worker that made the file makes no others.
	mimetype: type as WirePictureInfo["mimetype"],
});

/** What the message of an encrypted picture says. Matrix v1.19 Client-Server API, "m.image", "Sending encrypted attachments". */
export function sealedPictureContent(
	words: MessageWords,
	{ filename, thumbnail, blurhash, ...full }: OutgoingPicture,
	addresses: PictureAddresses,
): Record<string, unknown> {
	return {
		...messageContent({ ...words, body: words.body === "" ? filename : words.body }),
		msgtype: "m.image",
		filename,
		file: { url: addresses.full, ...full.keys },
		info: {
			...infoOf(full),
			"xyz.amorgan.blurhash": blurhash,
			...(thumbnail && {
				thumbnail_file: { url: addresses.thumbnail, ...thumbnail.keys },
				thumbnail_info: infoOf(thumbnail),
			}),
		},
	};
}

/** What the server is told of a picture that is not encrypted. */
export function plainPictureInfo(
	{ thumbnail, blurhash, ...full }: OutgoingPicture,
	addresses: PictureAddresses,
): WirePictureInfo {
	return {
		...infoOf(full),
		"xyz.amorgan.blurhash": blurhash,
		...(thumbnail &&
			addresses.thumbnail !== undefined && {
				thumbnail_url: addresses.thumbnail,
				thumbnail_info: infoOf(thumbnail),
			}),
	};
}
