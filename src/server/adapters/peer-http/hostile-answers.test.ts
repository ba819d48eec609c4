import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { askPeer, nameOf, query, transportIn } from "../../../../tests/setup/peer-world.ts";
import { startTlsPeer, type TlsPeerAnswer } from "../../../../tests/setup/tls-peer.ts";

describe("hostile answers", () => {
	const chunk = Buffer.alloc(64 * 1024, " ");
	const endless: TlsPeerAnswer = (_, response) => {
		response.writeHead(200);
		const pour = (): void => {
			while (!response.destroyed && response.write(chunk));
		};
		response.on("drain", pour);
		pour();
	};

	it("without end are cut off", async () => {
		let sent = 0;
		const answer = await askPeer(
			(request, response) => {
				request.socket.on("close", () => {
					sent = request.socket.bytesWritten;
				});
				endless(request, response);
			},
			{ ...query, maxAnswerBytes: 1_000_000 },
		);
		expect(answer).toMatchObject({ kind: "unreachable", reason: "answerTooLarge" });
		await expect.poll(() => sent).toBeGreaterThan(0);
		// What was on its way when the line was cut comes on top.
		expect(sent).toBeLessThan(20_000_000);
	});

	it("that announce a gigabyte are not begun", async () => {
		const answer = await askPeer((_, response) => {
			response.writeHead(200, { "content-length": "1000000000" });
			response.write("{");
		});
		expect(answer).toMatchObject({ reason: "answerTooLarge" });
	});

	it.each<[string, TlsPeerAnswer]>([
		["drop by drop", ({ socket }, response) => drip(socket, () => response.write(" "))],
		["never", () => undefined],
		["with a body that stands still", (_, response) => void response.write("{")],
		[
			"with headers drop by drop",
			({ socket }) => {
				socket.write("HTTP/1.1 200 OK\r\n");
				drip(socket, () => socket.write("x: y\r\n"));
			},
		],
	])("that come %s end in time", async (_, answer) => {
		expect(await askPeer(answer, { ...query, timeoutMs: 400 })).toMatchObject({ reason: "timeout" });
	});

	it("with headers without end are cut off", async () => {
		const answer: TlsPeerAnswer = ({ socket }) => {
			socket.on("error", () => undefined);
			socket.write("HTTP/1.1 200 OK\r\n");
			socket.write("x: y\r\n".repeat(100_000));
		};
		expect(await askPeer(answer)).toMatchObject({ reason: "malformedAnswer" });
	});

	it.each<[string, string | Buffer, Readonly<Record<string, string>>?]>([
		["a bomb", gzipSync(Buffer.alloc(100_000_000)), { "content-encoding": "gzip" }],
		["a page", "<html>"],
		["nothing", ""],
		["a list", "[200, {}]"],
		["a key twice", '{"a":1,"a":2}'],
		["a number that nobody can sign", '{"a":1.5}'],
		["bytes that are no text", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
		["a nest", `${"[".repeat(100_000)}`],
	])("of status 200 with %s are malformed", async (_, body, headers) => {
		expect(await askPeer((_request, response) => void response.writeHead(200, headers ?? {}).end(body))).toMatchObject({
			kind: "unreachable",
			reason: "malformedAnswer",
		});
	});

	it("that lead elsewhere are not followed", async () => {
		await using peer = await startTlsPeer({
			host: "peer.example",
			answer: (request, response) =>
				void response.writeHead(307, { location: `https://${request.headers.host}/elsewhere` }).end(),
		});
		const transport = transportIn({ trusted: [peer.certificate] });
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ reason: "malformedAnswer" });
		expect(peer.requests).toEqual([`GET ${query.uri}`]);
	});

	it("that break off are no answers, and are not asked for twice", async () => {
		await using peer = await startTlsPeer({
			host: "peer.example",
			answer: ({ socket }, response) => {
				response.writeHead(200, { "content-length": "100" });
				response.write("{}", () => socket.destroy());
			},
		});
		const transport = transportIn({ trusted: [peer.certificate] });
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ reason: "connection" });
		expect(peer.requests).toHaveLength(1);
	});
});

/** A little every few milliseconds until the other side hangs up. */
const drip = (socket: Socket, write: () => void): void => {
	const timer = setInterval(write, 20);
	socket.on("error", () => undefined);
	socket.on("close", () => clearInterval(timer));
};
