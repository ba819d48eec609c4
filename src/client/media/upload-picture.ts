import { mediaPath } from "../../shared/media-address.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";

/** Stores a picture on the person's server and returns its `mxc://` address. A refusal is read through `failureOf`. */
export async function uploadPicture(picture: Blob): Promise<string> {
	const response = await fetch(mediaPath, {
		method: "POST",
		body: picture,
		headers: { "content-type": picture.type },
	});
	const answer: { contentUri?: unknown; code?: unknown } = await response.json();
	if (typeof answer.contentUri === "string") return answer.contentUri;
	const code = isAppErrorCode(answer.code) ? answer.code : "internal";
	throw Object.assign(new Error("the server refused the picture"), { data: { code, kith: { code } } });
}
