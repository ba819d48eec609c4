/**
 * The worker's entry. Whatever is done to the bytes of pictures is done here: the page's own thread would stand still, and
 * what others sent is taken apart away from everything else.
 */
import { config } from "zod";
import { atMost } from "../../../shared/at-most.ts";
import { encryptAttachment } from "../attachments/attachment-cipher.ts";
import { withStill } from "./draw-still.ts";
import type { MediaAnswers, MediaCall, MediaReply, MediaRequest } from "./media-message.ts";
import { type FetchParts, fetchPicture, openSealed } from "./open-picture.ts";
import { preparePicture } from "./prepare-picture.ts";

// Schemas that compile themselves need scripts made from text, which nothing here may do.
config({ jitless: true });

const parts: FetchParts = {
	fetch: (path, init) => fetch(path, init),
	pause: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
};
/** A browser opens few connections to one server: what people write needs some of them. */
const inTurn = atMost(3);

addEventListener("message", ({ data }: MessageEvent<MediaRequest>) => {
	const reply = (answer: MediaReply["answer"]) => postMessage({ id: data.id, answer } satisfies MediaReply);
	answer(data).then(reply, () => reply(undefined));
});

async function answer(call: MediaCall): Promise<MediaAnswers[keyof MediaAnswers]> {
	switch (call.kind) {
		case "prepare":
			return preparePicture(call.file);
		case "seal": {
			const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
			const { ciphertext, keys } = await encryptAttachment(call.content, random);
			return { kind: "sealed", ciphertext: await ciphertext.arrayBuffer(), keys };
		}
		case "open":
			return call.isPicture
				? withStill(await openSealed(call.ciphertext, call.keys, true))
				: openSealed(call.ciphertext, call.keys, false);
		case "fetch":
			return inTurn(async () => withStill(await fetchPicture(call, parts)));
	}
}
