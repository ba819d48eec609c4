import { filesPath } from "../../../shared/media-address.ts";
import { isAppErrorCode } from "../../../shared/wire/error.ts";

export interface FileUpload {
	/** 32 hexadecimal digits. The same id again is the same upload. */
	readonly uploadId: string;
	readonly contentType: string;
	/** From 0 to 1. */
	readonly onProgress: (done: number) => void;
	readonly signal: AbortSignal;
}

/** Stores bytes on the person's server and returns their `mxc://` address. A refusal is read through `failureOf`. */
export function uploadFile(content: Blob, { uploadId, contentType, onProgress, signal }: FileUpload): Promise<string> {
	return new Promise((resolve, reject) => {
		// `fetch` does not say how much has gone out.
		const request = new XMLHttpRequest();
		request.open("PUT", `${filesPath}/${uploadId}`);
		request.setRequestHeader("content-type", contentType);
		request.responseType = "json";
		request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
		request.onload = () => {
			const { contentUri, code } = (request.response ?? {}) as { contentUri?: unknown; code?: unknown };
			if (typeof contentUri === "string") resolve(contentUri);
			else reject(refusal(isAppErrorCode(code) ? code : "internal", request.getResponseHeader("retry-after")));
		};
		request.onerror = () => reject(new Error("nobody answered"));
		request.onabort = request.onerror;
		signal.addEventListener("abort", () => request.abort(), { once: true });
		if (signal.aborted) reject(new Error("nobody wants it any more"));
		else request.send(content);
	});
}

function refusal(code: string, retryAfter: string | null): Error {
	const seconds = Number(retryAfter ?? Number.NaN);
	const kith = { code, ...(Number.isFinite(seconds) && { retryAfterMs: seconds * 1000 }) };
	return Object.assign(new Error("the server refused the file"), { data: { code, kith } });
}
