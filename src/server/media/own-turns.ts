import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { MediaEnvironment } from "./media-environment.ts";

/** Uploads at a time, for one person: each takes memory, or the disk's time. */
const uploadsAtOnce = 3;

/** Runs an upload, unless its person has enough of them under way: then throws `too-many-requests`. */
export const inTurnOf = async <T>(
	{ uploading }: Pick<MediaEnvironment, "uploading">,
	userId: UserId,
	upload: () => Promise<T>,
): Promise<T> => {
	const running = uploading.get(userId) ?? 0;
	if (running >= uploadsAtOnce) throw new AppError("too-many-requests", { retryAfterMs: 1000 });
	uploading.set(userId, running + 1);
	try {
		return await upload();
	} finally {
		const left = (uploading.get(userId) ?? 1) - 1;
		if (left === 0) uploading.delete(userId);
		else uploading.set(userId, left);
	}
};
