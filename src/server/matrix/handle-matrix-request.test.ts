import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { forbidden } from "../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { testSigner } from "../../../federation/testing/noble-signer.ts";
import { signRequest } from "../../../federation/transport/signed-request.ts";
import { askMatrix, type MatrixQuestion } from "../../../tests/setup/ask-matrix.ts";
import { testFederation } from "../../../tests/setup/test-federation.ts";
import type { Federation } from "../federation/public.ts";
import { trustedProxies } from "../trpc/request/client-address.ts";
import { createMatrixHandler } from "./handle-matrix-request.ts";
import type { MatrixRoute } from "./matrix-route.ts";
import { createRequestBounds } from "./request-bounds.ts";

const own = "kith.example" as ServerName;
const peer = testSigner("one.example");
const maxBodyBytes = 200;

const federation = testFederation(own, [peer]);

const echo: MatrixRoute["answer"] = async (_, { origin, params, query, content }) => ({
	kind: "answered",
	content: jsonObject([
		["origin", origin],
		["params", params as JsonObject],
		["query", [...query.entries()].map(([name, value]) => `${name}=${value}`)],
		["content", content],
	]),
});

const open: MatrixRoute = { method: "GET", path: "/_matrix/open", isSigned: false, maxBodyBytes: 0, answer: echo };
const put: MatrixRoute = {
	method: "PUT",
	path: "/_matrix/federation/v1/send/{txnId}",
	isSigned: true,
	maxBodyBytes,
	answer: echo,
};
const get: MatrixRoute = {
	method: "GET",
	path: "/_matrix/federation/v1/event/{eventId}",
	isSigned: true,
	maxBodyBytes: 0,
	answer: echo,
};

async function serve(routes: readonly MatrixRoute[] = [open, put, get], host: Federation = federation) {
	const lines: string[] = [];
	const write = (fields: Readonly<Record<string, unknown>>, message: string): void => {
		lines.push(JSON.stringify({ ...fields, message }));
	};
	const log = { debug: write, info: write, warn: write, error: write };
	const limits = { requestsOfAddress: 4, requestsOfOrigin: 1, bodyBytesOfAddress: 250, bodyBytes: 300 };
	// The test's own address is nobody's by default, as behind a proxy.
	const requestBounds = createRequestBounds(trustedProxies([]), limits);
	const handle = createMatrixHandler(routes);
	const server = createServer(
		(request, response) => void handle({ federation: host, log, requestBounds }, request, response),
	).listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		...{ lines, origin },
		ask: (question: MatrixQuestion) => askMatrix(origin, question),
		/** As the peer asks, signed. */
		peerAsks: (question: MatrixQuestion) => askMatrix(origin, { signer: peer, destination: own, ...question }),
	};
}

const signedHeader = (uri: string): Record<string, string> => ({
	Authorization: signRequest({ method: "GET", uri, destination: own }, peer),
});

const sending = { method: "PUT", uri: "/_matrix/federation/v1/send/1" } as const;

describe("a request of another server", () => {
	it("is answered with whose it is, its decoded parameters and its body", async () => {
		const { peerAsks } = await serve();
		const uri = "/_matrix/federation/v1/send/a%2Fb?x=%20y&x=2";
		const { status, headers, content } = await peerAsks({ method: "PUT", uri, content: { pdus: [] } });
		expect([status, headers["content-type"]]).toEqual([200, "application/json"]);
		expect(content).toEqual({
			origin: "one.example",
			params: { txnId: "a/b" },
			query: ["x= y", "x=2"],
			content: { pdus: [] },
		});
	});

	it("needs no signature where the endpoint is open", async () => {
		const { ask } = await serve();
		expect(await ask({ uri: "/_matrix/open" })).toMatchObject({ status: 200, content: { origin: "" } });
	});

	it("is M_UNRECOGNIZED with 404 everywhere on a server that speaks with no other", async () => {
		const { ask, peerAsks } = await serve([open, put, get], testFederation(own, [peer], { isOn: false }));
		for (const answer of [await ask({ uri: "/_matrix/open" }), await peerAsks({ ...sending, content: {} })]) {
			expect(answer).toMatchObject({ status: 404, content: { errcode: "M_UNRECOGNIZED" } });
		}
	});

	it("is M_UNRECOGNIZED with 404 for an unknown endpoint and with 405 for an unknown method", async () => {
		const { ask } = await serve();
		expect(await ask({ uri: "/_matrix/federation/v1/nothing" })).toMatchObject({
			status: 404,
			content: { errcode: "M_UNRECOGNIZED" },
		});
		const wrong = await ask({ method: "DELETE", uri: "/_matrix/federation/v1/send/1" });
		expect(wrong).toMatchObject({ status: 405, content: { errcode: "M_UNRECOGNIZED" } });
		expect(wrong.headers.allow).toBe("PUT");
	});

	it.each<[string, MatrixQuestion]>([
		["without a signature", { ...sending, content: {} }],
		["with nonsense for one", { ...sending, content: {}, headers: { Authorization: "X-Matrix nonsense" } }],
		["for another server", { ...sending, content: {}, signer: peer, destination: "two.example" as ServerName }],
		["by a server whose key nobody knows", { ...sending, content: {}, signer: testSigner("two.example") }],
		["with another body than was signed", { ...sending, content: { a: 1 }, signer: peer, body: '{"a":2}' }],
	])("is M_UNAUTHORIZED %s", async (_, question) => {
		const { ask, lines } = await serve();
		expect(await ask({ destination: own, ...question })).toMatchObject({
			status: 401,
			content: { errcode: "M_UNAUTHORIZED" },
		});
		expect(lines).toHaveLength(1);
		expect(lines[0]).not.toContain("nonsense");
	});

	it("is signed over the path and query as they were sent", async () => {
		const { peerAsks, ask } = await serve();
		const uri = "/_matrix/federation/v1/event/%24a?x=%7E*";
		expect((await peerAsks({ uri })).status).toBe(200);
		const signed = signedHeader(uri);
		for (const other of [uri.replace("%24", "$"), uri.replace("%7E", "~"), `${uri}&y`]) {
			expect([other, (await ask({ uri: other, headers: signed })).status]).toEqual([other, 401]);
		}
	});

	it.each([
		["M_NOT_JSON", "no JSON", "{"],
		["M_NOT_JSON", "nothing", ""],
		["M_NOT_JSON", "no UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
		["M_BAD_JSON", "no object", "[]"],
		["M_BAD_JSON", "a key twice", '{"a":1,"a":2}'],
		["M_BAD_JSON", "a fraction", '{"a":1.5}'],
	])("is %s when the body is %s", async (errcode, _, body) => {
		const { peerAsks } = await serve();
		expect(await peerAsks({ ...sending, content: {}, body })).toMatchObject({ status: 400, content: { errcode } });
	});

	it("is refused when the body is compressed", async () => {
		const { peerAsks } = await serve();
		const headers = { "Content-Encoding": "gzip" };
		expect(await peerAsks({ ...sending, content: {}, headers })).toMatchObject({ status: 400 });
	});

	it("is M_TOO_LARGE before the body has come, when it says so itself", async () => {
		const { peerAsks } = await serve();
		const headers = { "Content-Length": "1000000000" };
		const answer = await peerAsks({ ...sending, content: {}, headers, body: (request) => request.flushHeaders() });
		expect(answer).toMatchObject({ status: 413, content: { errcode: "M_TOO_LARGE" } });
		expect(answer.headers.connection).toBe("close");
	});

	it("is M_TOO_LARGE as soon as an endless body is longer than it may be", async () => {
		const { peerAsks } = await serve();
		const answer = await peerAsks({
			...sending,
			content: {},
			body: (request) => void request.write("x".repeat(maxBodyBytes + 1)),
		});
		expect(answer).toMatchObject({ status: 413, content: { errcode: "M_TOO_LARGE" } });
	});

	it("is not waited for when nobody says whose it is", async () => {
		const { ask } = await serve();
		const answer = await ask({ ...sending, body: (request) => request.flushHeaders() });
		expect(answer).toMatchObject({ status: 401 });
	});
});

describe("what other servers may have at a time", () => {
	it("is so many requests of one server, and then one is told when to come back", async () => {
		let answerFirst = (): void => undefined;
		const waiting = new Promise<void>((resolve) => {
			answerFirst = resolve;
		});
		let begun = 0;
		const slow: MatrixRoute = {
			...get,
			answer: async () => {
				begun += 1;
				await waiting;
				return { kind: "answered", content: {} };
			},
		};
		const { peerAsks } = await serve([slow]);
		const first = peerAsks({ uri: "/_matrix/federation/v1/event/a" });
		await expect.poll(() => begun).toBe(1);
		const second = await peerAsks({ uri: "/_matrix/federation/v1/event/b" });
		expect(second).toMatchObject({
			status: 429,
			content: { errcode: "M_LIMIT_EXCEEDED", retry_after_ms: 5_000 },
		});
		expect(second.headers["retry-after"]).toBe("5");
		answerFirst();
		expect((await first).status).toBe(200);
		expect((await peerAsks({ uri: "/_matrix/federation/v1/event/c" })).status).toBe(200);
	});

	it("is counted until the answer was taken, not only made", async () => {
		const body = Buffer.alloc(30_000_000, "x");
		const content = Readable.from([body]);
		const large: MatrixRoute = { ...get, answer: async () => ({ kind: "file", contentType: "text/plain", content }) };
		const small: MatrixRoute = { ...get, path: "/_matrix/small" };
		const { origin, peerAsks } = await serve([large, small]);
		const uri = "/_matrix/federation/v1/event/a";
		const { hostname, port } = new URL(origin);
		const idle = httpRequest({ hostname, port, path: uri, headers: signedHeader(uri), agent: false });
		idle.end();
		const [unread] = await once(idle, "response");
		unread.once("error", () => undefined);
		expect((await peerAsks({ uri: "/_matrix/small" })).status).toBe(429);
		idle.destroy();
		await expect.poll(async () => (await peerAsks({ uri: "/_matrix/small" })).status).toBe(200);
	});

	it("is so many bytes of bodies, which are given back", async () => {
		const { peerAsks } = await serve();
		let hangUp = (): void => undefined;
		const held = peerAsks({
			...sending,
			content: {},
			body: (request) => {
				request.write(`{"a":"${"x".repeat(maxBodyBytes - 20)}`);
				hangUp = () => void request.destroy();
			},
		}).catch(() => "hung up");
		const content = { a: "x".repeat(maxBodyBytes - 20) };
		await expect.poll(async () => (await peerAsks({ ...sending, content })).status).toBe(429);
		hangUp();
		expect(await held).toBe("hung up");
		await expect.poll(async () => (await peerAsks({ ...sending, content })).status).toBe(200);
	});
});

it("answers 500 and tells nobody why when an endpoint fails", async () => {
	const broken: MatrixRoute = { ...open, answer: () => Promise.reject(new Error("canary")) };
	const { ask, lines } = await serve([broken]);
	const answer = await ask({ uri: "/_matrix/open" });
	expect(answer).toMatchObject({ status: 500, content: { errcode: "M_UNKNOWN" } });
	expect(JSON.stringify(answer)).not.toContain("canary");
	expect(lines).toHaveLength(1);
});

describe("an answer in pieces", () => {
	async function* pieces(failure?: Error): AsyncGenerator<string> {
		yield '{"pdus":[';
		if (failure !== undefined) throw failure;
		yield "]}";
	}

	it("is one document to whoever asks", async () => {
		const { ask } = await serve([{ ...open, answer: async () => ({ kind: "streamed", pieces: pieces() }) }]);
		expect(await ask({ uri: "/_matrix/open" })).toMatchObject({ status: 200, content: { pdus: [] } });
	});

	it("breaks off where it fails, so that nobody takes a part for the whole, and is logged", async () => {
		const failing: MatrixRoute = {
			...open,
			answer: async () => ({ kind: "streamed", pieces: pieces(new Error("canary")) }),
		};
		const { ask, lines } = await serve([failing]);
		await expect(ask({ uri: "/_matrix/open" })).rejects.toThrow();
		expect(lines).toHaveLength(1);
	});
});

it("refuses a server that the owner blocks before its body is read or its keys are looked for", async () => {
	const { peerAsks, ask, lines } = await serve([open, put], {
		...federation,
		refuseUnwanted: (origin) => (origin === peer.serverName ? forbidden("unwanted") : undefined),
		authenticate: () => Promise.reject(new Error("its keys were looked for")),
	});
	const content = { filler: "x".repeat(maxBodyBytes * 2) };
	const told = await peerAsks({ method: "PUT", uri: "/_matrix/federation/v1/send/1", content });
	expect(told).toMatchObject({ status: 403, content: { errcode: "M_FORBIDDEN" } });
	expect(lines.join()).toContain(peer.serverName);
	expect(await ask({ uri: "/_matrix/open" })).toMatchObject({ status: 200 });
});
