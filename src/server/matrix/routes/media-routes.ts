import { randomBytes } from "node:crypto";
import { notFound } from "../../../../federation/handshakes/refusal.ts";
import { formatMediaAnswer } from "../../../../federation/transport/media-answer.ts";
import type { MatrixRoute } from "../matrix-route.ts";

const answer: MatrixRoute["answer"] = async ({ readFile }, { params }) => {
	const file = await readFile(params["mediaId"] ?? "");
	if (file === undefined) return notFound("There is no such file");
	// Nobody can put a boundary into a file that is not made yet.
	return { kind: "file", ...formatMediaAnswer(file, `kith${randomBytes(16).toString("hex")}`) };
};

/**
 * Pictures of this server's people and rooms, and files to which messages refer. The former are small enough to stand for
 * their own thumbnails; for the latter messages bring thumbnails of their own, since most are encrypted.
 * Matrix v1.19 Server-Server API, "Content Repository".
 */
export const mediaRoutes: readonly MatrixRoute[] = ["download", "thumbnail"].map((kind) => ({
	method: "GET",
	path: `/_matrix/federation/v1/media/${kind}/{mediaId}`,
	isSigned: true,
	maxBodyBytes: 0,
	answer,
}));
