import { readPictureFacts } from "../pictures/read-picture-facts.ts";
import type { RemoteMediaKind } from "./remote-media-environment.ts";

/** Of somebody else's making: larger than ours may be, and still no burden. */
const edgePixels = 4096;

/** Pictures of people and rooms. What one is is read from its bytes, not from what the other server says. */
export const remotePictures: RemoteMediaKind = {
	isWhole: false,
	mostBytes: 4_000_000,
	fetchesAtOnce: 16,
	mostWaiting: 0,
	typeOf: (body) => {
		const facts = readPictureFacts(body);
		if (facts === undefined) return { refusal: "no picture" };
		if (Math.max(facts.width, facts.height) > edgePixels) return { refusal: "too many pixels" };
		return { contentType: facts.contentType };
	},
};
