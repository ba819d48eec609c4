import type { WirePictureInfo } from "../../shared/wire/picture-info.ts";
import {
	addWritten,
	fileIdsOf,
	type MessagesDependencies,
	refusePlain,
	requireTarget,
	type Sent,
	submitWrite,
} from "./message-dependencies.ts";
import { type SendMessageInput, wordsOf } from "./send-message.ts";

export interface SendPictureInput extends SendMessageInput {
	readonly url: string;
	readonly filename: string;
	readonly info: WirePictureInfo;
}

/**
 * Sends a picture that its writer uploaded, with a caption where `body` is not the file's name. The file is kept for as
 * long as the event. Throws as `sendMessage` does, and `file-gone`. Matrix v1.19 Client-Server API, "m.image".
 */
export const sendPicture = (dependencies: MessagesDependencies, input: SendPictureInput): Promise<Sent> => {
	const { url, filename, info, replyTo } = input;
	const urls = info.thumbnail_url === undefined ? [url] : [url, info.thumbnail_url];
	const write = { ...input, mediaIds: fileIdsOf(dependencies, urls) };
	return submitWrite(dependencies, { ...write, targets: replyTo === undefined ? [] : [replyTo] }, (context, draft) => {
		refusePlain(draft);
		if (replyTo !== undefined) requireTarget(context, draft, replyTo);
		return addWritten(draft, write, {
			type: "m.room.message",
			content: { ...wordsOf(input), msgtype: "m.image", filename, url, info: withoutAbsent(info) },
		});
	});
};

/** What is not there must not be signed as undefined. */
const withoutAbsent = (info: WirePictureInfo) => {
	const { "xyz.amorgan.blurhash": blurhash, thumbnail_url: thumbnailUrl, thumbnail_info: thumbnail, ...rest } = info;
	return {
		...rest,
		...(blurhash !== undefined && { "xyz.amorgan.blurhash": blurhash }),
		...(thumbnailUrl !== undefined && { thumbnail_url: thumbnailUrl }),
		...(thumbnail !== undefined && { thumbnail_info: thumbnail }),
	};
};
