import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { parseServerName } from "../../../../federation/identifiers/server-name.ts";
import type { DownloadAnswer, PeerDownloads } from "../../../../federation/ports/peer-downloads.ts";
import { type MediaContent, parseMediaAnswer } from "../../../../federation/transport/media-answer.ts";
import type { MediaAddress } from "../../../shared/media-address.ts";
import type { RemoteFile } from "../../media/public.ts";

/** Room for the two parts' heads besides the picture. */
const framingBytes = 20_000;
const pictureTimeoutMs = 20_000;
const fileTimeoutMs = 60_000;
/** Large enough for every place where a person or a room is shown. */
const wanted = "width=320&height=320&method=scale&animated=false";

/**
 * Asks the server that has a picture: for one of the size that is shown, then for the picture itself, then in the way of
 * servers from before Matrix 1.11. Source: Matrix v1.19 Server-Server API, "Content Repository".
 */
export const fetchRemotePicture = (
	downloads: PeerDownloads,
	address: MediaAddress,
	mostBytes: number,
): Promise<RemoteFile> => {
	const mediaId = encodeURIComponent(address.mediaId);
	return firstOf(sourceOf(downloads, address, { mostBytes, timeoutMs: pictureTimeoutMs }), [
		(source) => askSigned(source, `${signed}/thumbnail/${mediaId}?${wanted}`),
		...waysToWhole(address),
	]);
};

/** Asks the server that has a file for it as it is. */
export const fetchRemoteFile = (
	downloads: PeerDownloads,
	address: MediaAddress,
	mostBytes: number,
): Promise<RemoteFile> =>
	firstOf(sourceOf(downloads, address, { mostBytes, timeoutMs: fileTimeoutMs }), waysToWhole(address));

const signed = "/_matrix/federation/v1/media";

const waysToWhole = (address: MediaAddress): readonly Way[] => {
	const mediaId = encodeURIComponent(address.mediaId);
	return [
		(source) => askSigned(source, `${signed}/download/${mediaId}`),
		(source) => askFormerly(source, `${encodeURIComponent(source.server)}/${mediaId}`),
	];
};

const sourceOf = (
	downloads: PeerDownloads,
	{ serverName }: MediaAddress,
	limits: Pick<Source, "mostBytes" | "timeoutMs">,
): Source | undefined => {
	const server = parseServerName(serverName);
	return server && { downloads, server, ...limits };
};

const firstOf = async (source: Source | undefined, ways: readonly Way[]): Promise<RemoteFile> => {
	if (source === undefined) return { kind: "missing" };
	for (const ask of ways) {
		const answer = await ask(source);
		if (answer === "unreachable") return { kind: "unreachable" };
		if (answer !== "refused") return { kind: "found", body: answer };
	}
	return { kind: "missing" };
};

interface Source {
	readonly downloads: PeerDownloads;
	readonly server: ServerName;
	readonly mostBytes: number;
	readonly timeoutMs: number;
}

type Way = (source: Source) => Promise<Asked>;
type Asked = Uint8Array | "refused" | "unreachable";

const askSigned = async ({ downloads, server, mostBytes, timeoutMs }: Source, uri: string): Promise<Asked> => {
	const answer = await downloads.download(server, { uri, maxAnswerBytes: mostBytes + framingBytes, timeoutMs });
	if (answer.kind !== "answered") return outcomeOf(answer);
	const parsed = parseMediaAnswer(answer.contentType, answer.body);
	if (parsed === undefined) return "refused";
	if (parsed.kind === "content") return within(parsed, mostBytes);
	const elsewhere = await downloads.fetchPublicly({ url: parsed.location, maxBytes: mostBytes, timeoutMs });
	return elsewhere.kind === "answered" ? elsewhere.body : outcomeOf(elsewhere);
};

const askFormerly = async ({ downloads, server, mostBytes, timeoutMs }: Source, path: string): Promise<Asked> => {
	const uri = `/_matrix/media/v3/download/${path}?allow_remote=false`;
	const answer = await downloads.download(server, { uri, maxAnswerBytes: mostBytes, timeoutMs });
	return answer.kind === "answered" ? answer.body : outcomeOf(answer);
};

const within = ({ body }: MediaContent, mostBytes: number): Asked => (body.length <= mostBytes ? body : "refused");

/** A server that gives too much, or is not asked, has nothing that could be shown; one that is silent may answer another time. */
const outcomeOf = (answer: Exclude<DownloadAnswer, { readonly kind: "answered" }>): Asked => {
	if (answer.kind === "refused") return answer.status === 429 || answer.status >= 500 ? "unreachable" : "refused";
	return answer.reason === "answerTooLarge" || answer.reason === "blocked" ? "refused" : "unreachable";
};
