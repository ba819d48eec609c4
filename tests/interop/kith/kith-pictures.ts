import { type RequestOptions, request } from "node:https";
import { buffer } from "node:stream/consumers";
import { mediaAddressPath, mediaPath } from "../../../src/shared/media-address.ts";
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
	return {
		upload: async (content: Uint8Array): Promise<string> => {
			const answer = await ask(mediaPath, { method: "POST", headers: { "content-type": "image/png" } }, content);
			return uploadOutput.parse(JSON.parse(answer.toString())).contentUri;
		},
		download: (url: string): Promise<Uint8Array> => {
			const path = mediaAddressPath(url);
			if (path === undefined) throw new Error(`${url} is no address of a file`);
			return ask(path, { method: "GET" });
		},
	};
};
