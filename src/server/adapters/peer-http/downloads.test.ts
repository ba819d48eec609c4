import { describe, expect, it } from "vitest";
import { serverName } from "../../../../federation/testing/identifiers.ts";
import { json, nameOf, transportIn } from "../../../../tests/setup/peer-world.ts";
import { startTlsPeer, type TlsPeerAnswer } from "../../../../tests/setup/tls-peer.ts";

const uri = "/_matrix/federation/v1/media/download/abc";
const bytes = Buffer.from([0, 1, 2, 255]);
const file: TlsPeerAnswer = (_, response) => void response.writeHead(200, { "content-type": "image/png" }).end(bytes);

describe("files of other servers", () => {
	it("are asked for with a signature and come whole", async () => {
		const authorizations: unknown[] = [];
		await using peer = await startTlsPeer({
			host: "peer.example",
			answer: (request, response) => {
				authorizations.push(request.headers.authorization);
				file(request, response);
			},
		});
		const transport = transportIn({ trusted: [peer.certificate] });
		expect(await transport.download(nameOf(peer), { uri, maxAnswerBytes: 4 })).toEqual({
			kind: "answered",
			contentType: "image/png",
			body: bytes,
		});
		expect(authorizations).toEqual([expect.stringMatching(/^X-Matrix origin="own.example"/)]);
		expect(await transport.download(nameOf(peer), { uri, maxAnswerBytes: 3 })).toMatchObject({
			reason: "answerTooLarge",
		});
	});

	it("that are refused say why", async () => {
		await using peer = await startTlsPeer({ host: "peer.example", answer: json({ errcode: "M_UNRECOGNIZED" }, 404) });
		const transport = transportIn({ trusted: [peer.certificate] });
		expect(await transport.download(nameOf(peer), { uri, maxAnswerBytes: 4 })).toMatchObject({
			kind: "refused",
			status: 404,
			errcode: "M_UNRECOGNIZED",
		});
	});

	it("that lie elsewhere are fetched without a signature, behind redirects too", async () => {
		await using peer = await startTlsPeer({
			host: "cdn.example",
			answer: (request, response) => {
				if (request.url === "/file" && request.headers.authorization === undefined) file(request, response);
				else response.writeHead(302, { location: "/file" }).end();
			},
		});
		const transport = transportIn({ trusted: [peer.certificate] });
		const url = `https://cdn.example:${peer.port}/moved`;
		expect(await transport.fetchPublicly({ url, maxBytes: 4 })).toMatchObject({ kind: "answered", body: bytes });
		expect(await transport.fetchPublicly({ url, maxBytes: 3 })).toMatchObject({ reason: "answerTooLarge" });
	});

	it.each(["http://cdn.example/file", "file:///etc/passwd", "https://a:b@cdn.example/", "nonsense"])(
		"that lie at %s are not fetched",
		async (url) => {
			expect(await transportIn({}).fetchPublicly({ url, maxBytes: 4 })).toMatchObject({ reason: "name" });
		},
	);

	it("that lie at private addresses are not fetched", async () => {
		await using peer = await startTlsPeer({ host: "127.0.0.1", answer: file });
		const transport = transportIn({ trusted: [peer.certificate], openNetworks: [] });
		for (const host of ["127.0.0.1", "cdn.example", "2130706433"]) {
			const url = `https://${host}:${peer.port}/`;
			expect(await transport.fetchPublicly({ url, maxBytes: 4 })).toMatchObject({ reason: "addressRefused" });
		}
		expect(peer.connections()).toBe(0);
		expect(await transport.download(serverName(`127.0.0.1:${peer.port}`), { uri, maxAnswerBytes: 4 })).toMatchObject({
			reason: "addressRefused",
		});
	});
});
