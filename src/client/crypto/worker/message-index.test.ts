import { describe, expect, it } from "vitest";
import { messageIndexOf } from "./message-index.ts";

const tail = new Array<number>(72).fill(7);
const encode = (...bytes: number[]): string => btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
const message = (index: readonly number[], length: readonly number[] = [2]): string =>
	encode(3, 0x08, ...index, 0x12, ...length, 1, 2, ...tail);

describe("where a ciphertext stands in its session", () => {
	it.each([
		[[0], 0],
		[[5], 5],
		[[0x7f], 127],
		[[0x80, 1], 128],
		[[0xff, 0xff, 0xff, 0xff, 0x0f], 4_294_967_295],
	])("is read from %j", (bytes, index) => {
		expect(messageIndexOf(message(bytes))).toBe(index);
	});

	it.each([
		["an index that is longer than needed", message([0x85, 0])],
		["an index beyond 32 bits", message([0xff, 0xff, 0xff, 0xff, 0x1f])],
		["an index twice", encode(3, 0x08, 1, 0x08, 2, 0x12, 2, 1, 2, ...tail)],
		["a field of another tag", encode(3, 0x18, 1, 0x08, 2, 0x12, 2, 1, 2, ...tail)],
		["fields in the other order", encode(3, 0x12, 2, 1, 2, 0x08, 1, ...tail)],
		["a length that is longer than needed", message([1], [0x82, 0])],
		["a byte more", encode(3, 0x08, 1, 0x12, 2, 1, 2, 3, ...tail)],
		["another version", encode(4, 0x08, 1, 0x12, 2, 1, 2, ...tail)],
		["padding", `${message([0x80, 1])}=`],
		["bits behind the last byte", `${message([1]).slice(0, -1)}B`],
		["a text that is no base64", "Aw*"],
		["nothing", ""],
	])("is not read from %s", (_, text) => {
		expect(messageIndexOf(text)).toBeUndefined();
	});
});
