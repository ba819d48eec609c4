import { getInteger, getString, isJsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../federation/json/parse-json.ts";
import type { DownloadAnswer } from "../../../../federation/ports/peer-downloads.ts";
import type { PeerAnswer, UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import type { ExchangeResult } from "./exchange.ts";
import type { ListReader } from "./list-reader.ts";

/** How much of a refusal is read: a code and a sentence. */
export const maxRefusalBytes = 64 * 1024;

const longestRetryAfterMs = 24 * 3_600_000;
const longestMessage = 500;

/** What the peer's HTTP answer says in terms of the protocol. */
export const readAnswer = (result: ExchangeResult): PeerAnswer => {
	if (result.kind === "failed") return unreachable(result.reason, result.detail);
	const { status, body } = result;
	if (status >= 200 && status < 300) {
		if (body === undefined) return tooLarge();
		const content = parseObject(body);
		return content === undefined
			? unreachable("malformedAnswer", "the answer is no JSON object that can be read")
			: { kind: "answered", content };
	}
	return readRefusal(result);
};

/** The same where the body was read while it came. */
export const readLists = (result: ExchangeResult, reader: Pick<ListReader, "end">): PeerAnswer => {
	if (result.kind === "failed") return unreachable(result.reason, result.detail);
	if (result.status !== 200) return readRefusal(result);
	if (result.body === undefined) return tooLarge();
	const content = reader.end();
	return content === undefined
		? unreachable("malformedAnswer", "the answer is no JSON object that can be read")
		: { kind: "answered", content };
};

/** The same for a file. */
export const readDownload = (result: ExchangeResult): DownloadAnswer => {
	if (result.kind === "failed") return unreachable(result.reason, result.detail);
	const { status, body, headers } = result;
	if (status !== 200) return readRefusal(result);
	return body === undefined
		? tooLarge()
		: { kind: "answered", contentType: headers["content-type"] ?? "application/octet-stream", body };
};

type NoAnswer = Exclude<PeerAnswer, { readonly kind: "answered" }>;

const readRefusal = (result: Extract<ExchangeResult, { readonly kind: "response" }>): NoAnswer => {
	const { status, headers } = result;
	if (status < 400) return unreachable("malformedAnswer", `the answer has the status ${status}`);
	const content = result.body === undefined ? undefined : parseObject(result.body);
	const errcode = content === undefined ? undefined : getString(content, "errcode");
	if (errcode === undefined && [502, 503, 504].includes(status)) {
		return unreachable("connection", `a proxy answers that the server does not (status ${status})`);
	}
	return {
		kind: "refused",
		status,
		errcode: errcode !== undefined && /^[A-Za-z0-9._]{1,100}$/.test(errcode) ? errcode : "M_UNKNOWN",
		message: (content === undefined ? undefined : getString(content, "error"))?.slice(0, longestMessage) ?? "",
		retryAfterMs: readRetryAfter(content, headers["retry-after"]),
	};
};

const readRetryAfter = (content: JsonObject | undefined, header: string | undefined): number | undefined => {
	const fromContent = content === undefined ? undefined : getInteger(content, "retry_after_ms");
	const ms = header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) * 1000 : fromContent;
	return ms === undefined || ms < 0 ? undefined : Math.min(ms, longestRetryAfterMs);
};

/** Strict, because what is in it was signed; a long answer may have the more members. */
const parseObject = (body: Uint8Array): JsonObject | undefined => {
	const parsing = parseJson(body, { maxBytes: body.length, maxKeys: Math.max(65_536, body.length / 8) });
	return parsing.kind === "ok" && isJsonObject(parsing.value) ? parsing.value : undefined;
};

const tooLarge = (): NoAnswer => unreachable("answerTooLarge", "the answer is longer than is read");

const unreachable = (reason: UnreachableReason, detail: string): NoAnswer => ({
	kind: "unreachable",
	reason,
	detail,
});
