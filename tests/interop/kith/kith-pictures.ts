import { randomBytes } from "node:crypto";
import { type RequestOptions, request } from "node:https";
import { buffer } from "node:stream/consumers";
import { filesPath, mediaAddressPath, mediaPath } from "../../../src/shared/media-address.ts";
import { uploadOutput } from "../../../src/shared/wire/media-calls.ts";

interface PicturesOptions {
	readonly origin: string;
	readonly cookie: string;
	readonly ca: string;
}

/** Pictures as a page of this person's gives and gets them. */
export const kithPictures = ({ origin, cookie, ca }: PicturesOptions) => {
	const ask = async (path: string, options: RequestOptions, content?: Uint8Array): Promise<Buffer> => {
		const headers = { origin, cookie, ...options.headers };
		const { status, body } = await new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
			const sending = request(`${origin}${path}`, { ...options, headers, ca, agent: false }, (response) => {
				buffer(response).then((whole) => resolve({ status: response.statusCode ?? 0, body: whole }), reject);
			});
			sending.once("error", reject);
			sending.end(content);
		});
		if (status !== 200) throw new Error(`${path}: ${status} ${body.toString("utf8", 0, 200)}`);
		return body;
	};
	const get = async (path: string | undefined): Promise<Buffer> => {
		if (path === undefined) throw new Error("that is no address of a file");
		return ask(path, { method: "GET" });
	};
	return {
		upload: async (content: Uint8Array): Promise<string> => {
			const answer = await ask(mediaPath, { method: "POST", headers: { "content-type": "image/png" } }, content);
			return uploadOutput.parse(JSON.parse(answer.toString())).contentUri;
		},
		download: (url: string): Promise<Uint8Array> => get(mediaAddressPath(url)),
		/** Bytes to which a message is going to refer, whatever they are. */
		uploadFile: async (content: Uint8Array): Promise<string> => {
			const path = `${filesPath}/${randomBytes(16).toString("hex")}`;
			const headers = { "content-type": "application/octet-stream", "content-length": content.length };
			const answer = await ask(path, { method: "PUT", headers }, content);
			return uploadOutput.parse(JSON.parse(answer.toString())).contentUri;
		},
		downloadFile: (url: string): Promise<Buffer> => get(mediaAddressPath(url, "file")),
	};
};
