import { describe, expect, it } from "vitest";
import { bodyOf, isPicture, pictureContentOf } from "../../client/store/event-content.ts";
import type { OpenedEvent } from "../../client/store/event-seal.ts";
import { wordsOf } from "../../client/store/message-words.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { boxOf, pictureOf } from "./read-picture.ts";

const keys = {
	v: "v2",
	key: { kty: "oct", alg: "A256CTR", ext: true, key_ops: ["encrypt", "decrypt"], k: "a".repeat(43) },
	iv: "b".repeat(22),
	hashes: { sha256: "c".repeat(43) },
};
const file = { url: "mxc://two.example/full", ...keys };
const info = { w: 4000, h: 3000, mimetype: "image/webp", size: 5, "xyz.amorgan.blurhash": "L0" };

const message = (content: Record<string, unknown>, isSealed = true): WireEvent => {
	const event: OpenedEvent = {
		...{ eventId: "$a", type: "m.room.message", sender: "@a:a", originServerTs: 0, position: "1" },
		content: { msgtype: "m.image", body: "cat.webp", filename: "cat.webp", info, ...content },
		...(isSealed && { seal: { kind: "open", isVouched: true } }),
	};
	return event;
};

describe("the picture of a message", () => {
	it("is read with what opens it, its thumbnail and the room that it takes", () => {
		const thumbnail = { ...file, url: "mxc://two.example/small" };
		expect(pictureOf(message({ file, info: { ...info, thumbnail_file: thumbnail } }))).toEqual({
			full: { kind: "address", address: "mxc://two.example/full", keys },
			thumbnail: { kind: "address", address: "mxc://two.example/small", keys },
			box: { width: 320, height: 240 },
			filename: "cat.webp",
			blurhash: "L0",
		});
	});

	it("is, in clear, one of a room that is not encrypted, and none in a sealed message", () => {
		const content = { url: "mxc://two.example/full", info: { ...info, thumbnail_url: "mxc://two.example/small" } };
		expect(pictureOf(message(content, false))).toMatchObject({
			full: { address: "mxc://two.example/full", keys: undefined },
			thumbnail: { address: "mxc://two.example/small", keys: undefined },
		});
		expect(pictureOf(message(content))).toBeUndefined();
		expect(bodyOf(message(content))).toBe("cat.webp");
		// A thumbnail in clear of a picture that is sealed would be one that the server chose.
		expect(pictureOf(message({ ...content, file }))?.thumbnail).toBeUndefined();
	});

	it("is none where anything else stands in its place, and reading it never throws", () => {
		const strange = [
			null,
			1,
			"x",
			[],
			{},
			{ url: 1 },
			{ ...file, key: null },
			{ ...file, key: {} },
			{ ...file, iv: 1 },
		];
		for (const one of strange) expect(isPicture(message({ file: one }))).toBe(false);
		for (const one of strange) {
			expect(pictureOf(message({ file, info: one }))?.box).toEqual({ width: 320, height: 240 });
			expect(pictureOf(message({ file, info: { thumbnail_file: one } }))?.thumbnail).toBeUndefined();
		}
		expect(isPicture({ ...message({ file }), redactedBy: "@a:a" })).toBe(false);
		expect(isPicture(message({ file, msgtype: "m.text" }))).toBe(false);
	});

	it("takes a room that can be drawn, whatever it says of its size", () => {
		expect(boxOf(800, 600)).toEqual({ width: 320, height: 240 });
		expect(boxOf(600, 1200)).toEqual({ width: 170, height: 340 });
		expect(boxOf(1, 1)).toEqual({ width: 140, height: 100 });
		expect(boxOf(1_000_000, 1)).toEqual({ width: 320, height: 100 });
		expect(boxOf(1, 1_000_000)).toEqual({ width: 140, height: 340 });
		for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "9", undefined, 1e9]) {
			expect(boxOf(bad, 100)).toEqual({ width: 320, height: 240 });
		}
	});
});

describe("the words of a picture", () => {
	it("are its caption, and in a line that it is one", () => {
		expect([bodyOf(message({ file })), wordsOf(message({ file }))]).toEqual(["", "Photo"]);
		const captioned = message({ file, body: "Our cat" });
		expect([bodyOf(captioned), wordsOf(captioned)]).toEqual(["Our cat", "Photo: Our cat"]);
		const unnamed = message({ file, body: "cat.webp", filename: undefined });
		expect(bodyOf(unnamed)).toBe("");
	});

	it("change without anything else of it, and its name stays beside them", () => {
		const { filename: _, ...content } = { filename: "", ...message({ file }).content };
		const kept = pictureContentOf({ ...message({ file }), content });
		expect(kept).toEqual({ msgtype: "m.image", file, info, filename: "cat.webp" });
		expect(pictureContentOf(message({ msgtype: "m.text" }))).toBeUndefined();
	});
});
