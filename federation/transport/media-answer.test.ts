import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeUtf8 } from "../json/utf8.ts";
import { formatMediaAnswer, parseMediaAnswer } from "./media-answer.ts";

const mixed = "multipart/mixed; boundary=b0undary";
const parse = (lines: readonly string[], type = mixed) => parseMediaAnswer(type, encodeUtf8(lines.join("\r\n")));

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
	yield body;
}

const send = async (type: string, file: Uint8Array) => {
	const { contentType, content } = formatMediaAnswer(
		{ contentType: type, content: once(file) },
		"kith0123456789abcdef",
	);
	const sent: number[] = [];
	for await (const piece of content) sent.push(...piece);
	return { contentType, body: new Uint8Array(sent) };
};

describe("a file between servers", () => {
	it("arrives as it was sent, whatever its bytes are", async () => {
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (body) => {
				const sent = await send("image/png", body);
				const read = parseMediaAnswer(sent.contentType, sent.body);
				expect(read).toEqual({ kind: "content", contentType: "image/png", body });
			}),
		);
	});

	it("is to be saved, not shown, unless it is a picture", async () => {
		const dispositionOf = async (type: string) =>
			/Content-Disposition: (\w+)/.exec(new TextDecoder().decode((await send(type, new Uint8Array())).body))?.[1];
		expect(await dispositionOf("image/webp")).toBe("inline");
		for (const type of ["application/octet-stream", "text/html", "image/svg+xml", "image/png; x=y"]) {
			expect(await dispositionOf(type)).toBe("attachment");
		}
	});

	it("is read with a quoted boundary, without a type, and with a preamble", () => {
		const lines = [
			"ignored",
			"--b0undary",
			"Content-Type: application/json",
			"",
			"{}",
			"--b0undary",
			"",
			"bytes",
			"--b0undary--",
		];
		const content = { kind: "content", contentType: "application/octet-stream" };
		for (const type of [mixed, 'Multipart/Mixed; charset=x; boundary="b0undary"']) {
			const withoutHead = parse([...lines.slice(0, 6), "X: y", "", "bytes", "--b0undary--"], type);
			expect(withoutHead).toMatchObject(content);
		}
	});

	it("may be elsewhere", () => {
		const lines = [
			"--b0undary",
			"A: b",
			"",
			"{}",
			"--b0undary",
			"location:  https://cdn.example/1",
			"",
			"",
			"--b0undary--",
			"",
		];
		expect(parse(lines)).toEqual({ kind: "elsewhere", location: "https://cdn.example/1" });
	});

	it.each([
		["without a boundary", ["--b0undary--"], "multipart/mixed"],
		["of another type", ["--b0undary", "", "x", "--b0undary--"], "text/html; boundary=b0undary"],
		["with one part", ["--b0undary", "A: b", "", "{}", "--b0undary--"], mixed],
		["with three parts", [...Array(3).fill(["--b0undary", "A: b", "", "{}"]).flat(), "--b0undary--"], mixed],
		["that is cut off", ["--b0undary", "A: b", "", "{}", "--b0undary", "A: b", "", "byt"], mixed],
		["without a blank line", ["--b0undary", "A: b", "--b0undary", "A: b", "--b0undary--"], mixed],
		[
			"whose head never ends",
			["--b0undary", "A: b", "", "{}", "--b0undary", "x".repeat(9000), "", "--b0undary--"],
			mixed,
		],
		["of nothing", [], mixed],
	])("is none %s", (_what, lines, type) => {
		expect(parse(lines, type)).toBeUndefined();
	});

	it("never throws on bytes that nobody would send", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (body, type) => {
				parseMediaAnswer(type, body);
				parseMediaAnswer(mixed, body);
			}),
		);
	});
});
