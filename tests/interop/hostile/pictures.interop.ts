import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peakMemory } from "../../server-process/peak-memory.ts";
import { testPicture, widened } from "../../setup/test-pictures.ts";
import { eventually } from "../eventually.ts";
import { sendJson } from "./hostile-peer.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";
import { logged } from "./server-log.ts";
import { openSquare, type Square } from "./square.ts";
import { readDatabase } from "./stored-database.ts";

const png = testPicture("dot.png");
const megabyte = 1_048_576;

const inParts = (body: string | Buffer, head = "Content-Type: image/png"): Buffer =>
	Buffer.concat([
		Buffer.from(`--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\n${head}\r\n\r\n`),
		Buffer.from(body),
		Buffer.from("\r\n--b--"),
	]);
const multipart = { "content-type": "multipart/mixed; boundary=b" };

describe("a picture of a lying server", () => {
	let setting: HostileSetting;
	let square: Square;
	beforeAll(async () => {
		setting = await hostileSetting();
		square = await openSquare(setting);
	});
	afterAll(() => setting?.[Symbol.asyncDispose]());

	/** Mallory shows this address, and the hostile server answers whoever asks for it. */
	const show = async (answer: (response: ServerResponse) => void): Promise<string> => {
		const { peer } = setting;
		const { ada, mallory, roomId } = square;
		const mediaId = randomUUID();
		for (const way of ["v1/media/thumbnail", "v1/media/download"]) {
			peer.answer(`/_matrix/federation/${way}/${mediaId}`, (_, response) => {
				response.on("error", () => undefined);
				answer(response);
			});
		}
		const content = { membership: "join", avatar_url: `mxc://${peer.name}/${mediaId}`, displayname: mediaId };
		const [levels = ""] = mallory.authEvents;
		const rules = mallory.state.get("m.room.join_rules ") ?? "";
		const auth_events = [levels, mallory.join.eventId, rules];
		await mallory.send([mallory.forge({ type: "m.room.member", state_key: mallory.userId, content, auth_events })]);
		await eventually(async () => expect(await ada.displayNameIn(roomId, mallory.userId)).toBe(mediaId));
		return mediaId;
	};
	const look = () => square.ada.pictureIn(square.roomId, square.mallory.userId);

	it("is shown when it is one, whatever it is called", async () => {
		await show((response) => void response.writeHead(200, multipart).end(inParts(png, "Content-Type: text/html")));
		expect(Buffer.from((await look()) ?? [])).toEqual(png);
	});

	const script = "<script>alert(document.cookie)</script>";
	const lies: readonly (readonly [string, (response: ServerResponse) => void])[] = [
		["a page that says it is a picture", (response) => void response.writeHead(200, multipart).end(inParts(script))],
		[
			"a drawing with a script in it",
			(response) =>
				void response
					.writeHead(200, multipart)
					.end(inParts(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`, "Content-Type: image/svg+xml")),
		],
		[
			"a picture with a page behind it",
			(response) => void response.writeHead(200, multipart).end(inParts(Buffer.concat([png, Buffer.from(script)]))),
		],
		[
			"one of ten thousand million pixels",
			(response) => void response.writeHead(200, multipart).end(inParts(widened(png, 100_000))),
		],
		["half of one", (response) => void response.writeHead(200, multipart).end(inParts(png.subarray(0, 40)))],
		["parts without an end", (response) => void response.writeHead(200, multipart).end(inParts(png).subarray(0, -8))],
		["JSON", (response) => sendJson(response, 200, { url: "https://elsewhere.example/" })],
		["nothing", (response) => void response.writeHead(200, multipart).end()],
		[
			"more than it says",
			(response) => {
				response.socket?.write(
					`HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 20\r\n\r\n${inParts(png)}`,
				);
				response.socket?.end();
			},
		],
		[
			"less than it says",
			(response) => {
				response.writeHead(200, { ...multipart, "content-length": 100_000 }).write(inParts(png));
				response.socket?.end();
			},
		],
		[
			"a gigabyte, it says",
			(response) =>
				void response.writeHead(200, { ...multipart, "content-length": 1024 * megabyte }).write(inParts(png)),
		],
		[
			"something without end",
			(response) => {
				response.writeHead(200, multipart).write(inParts(png));
				const padding = Buffer.alloc(megabyte);
				const more = (): void => {
					while (!response.destroyed && response.write(padding));
					response.once("drain", more);
				};
				more();
			},
		],
		[
			"another place, which is this machine",
			(response) =>
				void response
					.writeHead(200, multipart)
					.end(
						"--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nLocation: http://127.0.0.1:1/\r\n\r\n\r\n--b--",
					),
		],
		[
			"a way elsewhere that never ends",
			(response) => void response.writeHead(302, { location: response.req.url ?? "" }).end(),
		],
	];

	it.each(lies)("is not shown when it is %s, and nothing of it is kept", async (_name, lie) => {
		const { kith, peer } = setting;
		const media = await show(lie);
		const before = await readDatabase(kith);
		const memory = peakMemory(kith.pid);
		await expect(look()).rejects.toThrow(/\b(404|503)\b/);
		expect(await memory.grownBy()).toBeLessThan(150 * megabyte);
		expect(await readDatabase(kith)).toEqual(before);
		await logged(kith, { peer: peer.name, media });
	});
});
