import { buffer } from "node:stream/consumers";
import type { MediaContent } from "../../../../federation/transport/media-answer.ts";
import { isAppError } from "../../../shared/app-error.ts";
import type { Media } from "../../media/public.ts";

/** A picture of this server for another one, whole: ours are small. undefined: there is none. */
export const readPictureForOthers = async (
	media: Pick<Media, "readOwn">,
	mediaId: string,
): Promise<MediaContent | undefined> => {
	try {
		const { contentType, content } = await media.readOwn(mediaId);
		return { contentType, body: await buffer(content) };
	} catch (error) {
		if (isAppError(error) && error.code === "not-found") return undefined;
		throw error;
	}
};
