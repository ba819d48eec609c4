import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseMediaAnswer } from "../../../../federation/transport/media-answer.ts";
import { testFederation } from "../../../../tests/setup/test-federation.ts";
import { AppError } from "../../../shared/app-error.ts";
import { mediaRoutes } from "./media-routes.ts";

const body = new Uint8Array([0x89, 0x50, 0x0d, 0x0a, 0x2d, 0x2d]);

async function* inTwoPieces(): AsyncGenerator<Uint8Array> {
	yield body.subarray(0, 2);
	yield body.subarray(2);
}

const federation = testFederation("kith.example" as ServerName, [], {
	media: {
		readOwn: async (mediaId) => {
			if (mediaId === "broken") throw new AppError("unavailable");
			if (mediaId !== "abc") throw new AppError("not-found");
			return { contentType: "image/png", sizeBytes: body.length, content: inTwoPieces() };
		},
	},
});

const ask = (path: string, mediaId: string) => {
	const route = mediaRoutes.find((one) => one.path.includes(path));
	if (route === undefined) throw new Error(`no endpoint for ${path}`);
	const request = {
		origin: "one.example" as ServerName,
		params: { mediaId },
		query: new URLSearchParams(),
		content: {},
	};
	return route.answer(federation, request);
};

describe.each(["download", "thumbnail"])("the endpoint %s", (path) => {
	it("gives a picture in two parts, to servers that sign", async () => {
		const answer = await ask(path, "abc");
		if (answer.kind !== "file") throw new Error("it is no file");
		expect(parseMediaAnswer(answer.contentType, await buffer(answer.content))).toEqual({
			kind: "content",
			contentType: "image/png",
			body: Buffer.from(body),
		});
		expect(mediaRoutes.every(({ isSigned }) => isSigned)).toBe(true);
	});

	it("says that there is none, and lets a passing fault pass as one", async () => {
		expect(await ask(path, "def")).toMatchObject({ kind: "refused", status: 404, errcode: "M_NOT_FOUND" });
		await expect(ask(path, "broken")).rejects.toMatchObject({ code: "unavailable" });
	});
});
