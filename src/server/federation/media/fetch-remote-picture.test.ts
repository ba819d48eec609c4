import { describe, expect, it } from "vitest";
import { encodeUtf8 } from "../../../../federation/json/utf8.ts";
import type { DownloadAnswer, PeerDownloads } from "../../../../federation/ports/peer-downloads.ts";
import { fetchRemoteFile, fetchRemotePicture } from "./fetch-remote-picture.ts";

const address = { serverName: "two.example:8448", mediaId: "abc" };
const bytes = encodeUtf8("bytes of a picture");
const refused = (status: number, errcode = "M_UNRECOGNIZED"): DownloadAnswer => ({
	kind: "refused",
	status,
	errcode,
	message: "",
	retryAfterMs: undefined,
});
const parts: DownloadAnswer = {
	kind: "answered",
	contentType: "multipart/mixed; boundary=b",
	body: encodeUtf8(
		["--b", "Content-Type: application/json", "", "{}", "--b", "Content-Type: text/html", "", ""].join("\r\n") +
			"bytes of a picture\r\n--b--\r\n",
	),
};
const plain: DownloadAnswer = { kind: "answered", contentType: "image/png", body: bytes };

/** A server that gives these answers in turn, and what it was asked. */
const serverOf = (...answers: readonly DownloadAnswer[]): { asked: string[]; downloads: PeerDownloads } => {
	const asked: string[] = [];
	const next = (what: string): DownloadAnswer => answers[asked.push(what) - 1] ?? refused(404);
	return {
		asked,
		downloads: {
			download: async (server, { uri }) => next(`${server} ${uri}`),
			fetchPublicly: async ({ url }) => next(url),
		},
	};
};

describe("asking another server for a picture", () => {
	it("takes the small one", async () => {
		const { asked, downloads } = serverOf(parts);
		expect(await fetchRemotePicture(downloads, address, 1000)).toEqual({ kind: "found", body: bytes });
		expect(asked).toEqual([
			"two.example:8448 /_matrix/federation/v1/media/thumbnail/abc?width=320&height=320&method=scale&animated=false",
		]);
	});

	it("takes the picture itself where there is no small one, and the former way where there is neither", async () => {
		const { asked, downloads } = serverOf(refused(400), refused(404), plain);
		expect(await fetchRemotePicture(downloads, address, 1000)).toEqual({ kind: "found", body: bytes });
		expect(asked.slice(1)).toEqual([
			"two.example:8448 /_matrix/federation/v1/media/download/abc",
			"two.example:8448 /_matrix/media/v3/download/two.example%3A8448/abc?allow_remote=false",
		]);
	});

	it("goes where the answer points", async () => {
		const elsewhere = "--b\r\nA: b\r\n\r\n{}\r\n--b\r\nLocation: https://cdn.example/1\r\n\r\n\r\n--b--";
		const pointing = {
			kind: "answered",
			contentType: "multipart/mixed; boundary=b",
			body: encodeUtf8(elsewhere),
		} as const;
		const { asked, downloads } = serverOf(pointing, plain);
		expect(await fetchRemotePicture(downloads, address, 1000)).toEqual({ kind: "found", body: bytes });
		expect(asked[1]).toBe("https://cdn.example/1");
	});

	it("has none where the server has none, gives too much, or answers with something else", async () => {
		const tooMuch = { kind: "unreachable", reason: "answerTooLarge", detail: "" } as const;
		for (const answer of [refused(404), refused(403), tooMuch, plain]) {
			const { downloads } = serverOf(answer, answer, refused(404));
			expect(await fetchRemotePicture(downloads, address, 1000)).toEqual({ kind: "missing" });
		}
		const { downloads } = serverOf(parts, parts);
		expect(await fetchRemotePicture(downloads, address, bytes.length - 1)).toEqual({ kind: "missing" });
		expect(await fetchRemotePicture(downloads, { ...address, serverName: "no name" }, 1000)).toEqual({
			kind: "missing",
		});
	});

	it("says when the server cannot be asked now, and asks no further", async () => {
		const silent = { kind: "unreachable", reason: "timeout", detail: "" } as const;
		for (const answer of [silent, refused(502), refused(429, "M_LIMIT_EXCEEDED")]) {
			const { asked, downloads } = serverOf(answer);
			expect(await fetchRemotePicture(downloads, address, 1000)).toEqual({ kind: "unreachable" });
			expect(asked).toHaveLength(1);
		}
	});

	it("takes a file as it is, with a signature, then in the former way", async () => {
		const { asked, downloads } = serverOf(refused(404), plain);
		expect(await fetchRemoteFile(downloads, address, 1000)).toEqual({ kind: "found", body: bytes });
		expect(asked).toEqual([
			"two.example:8448 /_matrix/federation/v1/media/download/abc",
			"two.example:8448 /_matrix/media/v3/download/two.example%3A8448/abc?allow_remote=false",
		]);
		expect(await fetchRemoteFile(serverOf(plain).downloads, { ...address, serverName: "no name" }, 9)).toEqual({
			kind: "missing",
		});
	});
});
