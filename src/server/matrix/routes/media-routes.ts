import { randomBytes } from "node:crypto";
import { notFound } from "../../../../federation/handshakes/refusal.ts";
import { formatMediaAnswer } from "../../../../federation/transport/media-answer.ts";
import type { MatrixRoute } from "../matrix-route.ts";

const answer: MatrixRoute["answer"] = async ({ readPicture }, { params }) => {
	const picture = await readPicture(params["mediaId"] ?? "");
	if (picture === undefined) return notFound("There is no such file");
	// Nobody can put a boundary into a picture that is not made yet.
	return { kind: "bytes", ...formatMediaAnswer(picture, `kith${randomBytes(16).toString("hex")}`) };
};

/**
 * Pictures of this server's people and rooms. They are small enough to stand for their own thumbnails.
 * Matrix v1.19 Server-Server API, "Content Repository".
 */
export const mediaRoutes: readonly MatrixRoute[] = ["download", "thumbnail"].map((kind) => ({
	method: "GET",
	path: `/_matrix/federation/v1/media/${kind}/{mediaId}`,
	isSigned: true,
	maxBodyBytes: 0,
	answer,
}));
