import type { MediaSource } from "../../../../federation/transport/media-answer.ts";
import { isAppError } from "../../../shared/app-error.ts";
import type { Media } from "../../media/public.ts";

/** A picture or a file of this server for another one, to be read as it is sent. undefined: there is none. */
export const readFileForOthers = async (
	media: Pick<Media, "readOwn">,
	mediaId: string,
): Promise<MediaSource | undefined> => {
	try {
		return await media.readOwn(mediaId);
	} catch (error) {
		if (isAppError(error) && error.code === "not-found") return undefined;
		throw error;
	}
};
