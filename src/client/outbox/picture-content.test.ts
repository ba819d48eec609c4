import { describe, expect, it } from "vitest";
import { pictureOf } from "../../features/timeline/read-picture.ts";
import { sendPictureInput } from "../../shared/wire/message-calls.ts";
import { editContent } from "./message-content.ts";
import type { OutgoingPicture } from "./outbox-item.ts";
import { plainPictureInfo, sealedPictureContent } from "./picture-content.ts";

const keysOf = (letter: string): OutgoingPicture["keys"] => ({
	v: "v2",
	key: { kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"], k: letter.repeat(43) },
	iv: letter.repeat(22),
	hashes: { sha256: letter.repeat(43) },
});
const small = { fileId: "s", keys: keysOf("s"), type: "image/webp", width: 800, height: 600, sizeBytes: 9 };
const picture: OutgoingPicture = {
	...{ fileId: "f", keys: keysOf("f"), type: "image/webp", width: 2560, height: 1920, sizeBytes: 99 },
	...{ filename: "cat.webp", blurhash: "L0", thumbnail: small },
};
const addresses = { full: "mxc://a.example/f", thumbnail: "mxc://a.example/s" };

describe("the message of an encrypted picture", () => {
	it("has the form of the specification, and is read back as it was sent", () => {
		const content = sealedPictureContent({ body: "Our cat", mentions: ["@b:b"], replyTo: "$r" }, picture, addresses);
		expect(content).toEqual({
			msgtype: "m.image",
			body: "Our cat",
			filename: "cat.webp",
			"m.mentions": { user_ids: ["@b:b"] },
			"m.relates_to": { "m.in_reply_to": { event_id: "$r" } },
			file: { url: addresses.full, ...picture.keys },
			info: {
				...{ w: 2560, h: 1920, size: 99, mimetype: "image/webp", "xyz.amorgan.blurhash": "L0" },
				thumbnail_file: { url: addresses.thumbnail, ...small.keys },
				thumbnail_info: { w: 800, h: 600, size: 9, mimetype: "image/webp" },
			},
		});
		const event = { eventId: "$a", type: "m.room.message", sender: "@a:a", originServerTs: 0, position: "1", content };
		expect(pictureOf(event)).toMatchObject({
			full: { address: addresses.full, keys: picture.keys },
			thumbnail: { address: addresses.thumbnail, keys: small.keys },
		});
	});

	it("says the file's name where there is no caption, and nothing of a thumbnail where there is none", () => {
		const { thumbnail: _, ...alone } = picture;
		const content = sealedPictureContent({ body: "" }, alone, { full: addresses.full, thumbnail: undefined });
		expect(content).toMatchObject({ body: "cat.webp", filename: "cat.webp" });
		expect(Object.keys(content["info"] as object)).toEqual(["w", "h", "size", "mimetype", "xyz.amorgan.blurhash"]);
	});

	it("keeps all but the words when these are changed", () => {
		const kept = { msgtype: "m.image", file: { url: "mxc://a.example/f" }, info: {}, filename: "cat.webp" };
		expect(editContent({ body: "Old cat", targetEventId: "$a", picture: kept })).toEqual({
			...kept,
			body: "* Old cat",
			"m.mentions": {},
			"m.new_content": { ...kept, body: "Old cat", "m.mentions": {} },
			"m.relates_to": { rel_type: "m.replace", event_id: "$a" },
		});
	});
});

it("what the server is told of a picture in clear is what it takes", () => {
	const info = plainPictureInfo(picture, addresses);
	const call = {
		roomId: "!r:a.example",
		transactionId: "t",
		body: "Our cat",
		url: addresses.full,
		filename: "c",
		info,
	};
	expect(sendPictureInput.parse(call).info).toEqual(info);
	for (const bad of [
		{ ...info, mimetype: "image/svg+xml" },
		{ ...info, w: 0 },
		{ ...info, size: -1 },
		{ ...info, thumbnail_file: {} },
	]) {
		expect(sendPictureInput.safeParse({ ...call, info: bad }).success).toBe(false);
	}
	expect(sendPictureInput.safeParse({ ...call, url: "https://evil.example/a.png" }).success).toBe(false);
});
