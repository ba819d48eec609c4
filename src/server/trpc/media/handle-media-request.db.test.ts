import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { request as httpRequest, type OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTestAccounts, testPassword } from "../../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../../tests/setup/test-host.ts";
import { testPicture } from "../../../../tests/setup/test-pictures.ts";
import { startTestWebServer } from "../../../../tests/setup/test-web-server.ts";

const png = testPicture("dot.png");

async function startAll() {
	const test = await createTestAccounts();
	const testHost = await createTestHost(test);
	const server = await startTestWebServer(testHost.host);
	await test.addPerson("ann");
	const browser = createTestBrowser(server.origin);
	await browser.signIn("ann", testPassword);
	const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const page = { origin: server.origin, cookie, "content-type": "image/png" };
	return {
		server,
		page,
		loseDatabase: testHost.loseDatabase,
		post: (body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = page, path = "/api/media") =>
			fetch(`${server.origin}${path}`, { method: "POST", body, headers }),
		get: (path: string, headers: Record<string, string> = { cookie }) => fetch(`${server.origin}${path}`, { headers }),
		stored: async () => {
			const rows = await test.database.prisma.media.count();
			const below = await readdir(join(testHost.dataFolder), { recursive: true });
			return { rows, files: below.filter((name) => name.length > 32).length };
		},
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
}

type All = Awaited<ReturnType<typeof startAll>>;

const upload = async (all: All): Promise<string> => {
	const response = await all.post(new Uint8Array(png));
	expect(response.status).toBe(200);
	const { contentUri } = (await response.json()) as { contentUri: string };
	return contentUri.replace("mxc://", "/api/media/");
};

/** A request whose body is sent by hand. */
const openRequest = (all: All, headers: OutgoingHttpHeaders) => {
	const request = httpRequest(`${all.server.origin}/api/media`, {
		method: "POST",
		headers: { ...all.page, ...headers },
	});
	request.on("error", () => undefined);
	return request;
};

const nothing = { rows: 0, files: 0 };

describe("a picture over HTTP", () => {
	it("comes back as it was sent, for good, and as nothing but a picture", async () => {
		await using all = await startAll();
		const response = await all.get(await upload(all));
		expect(response.status).toBe(200);
		expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			"content-type": "image/png",
			"content-length": String(png.length),
			"content-disposition": 'inline; filename="picture.png"',
			"content-security-policy": "default-src 'none'; sandbox",
			"x-content-type-options": "nosniff",
			"cross-origin-resource-policy": "same-origin",
			"cache-control": "private, max-age=31536000, immutable",
		});
	});

	it("is what its bytes say, whatever it was sent as", async () => {
		await using all = await startAll();
		const response = await all.post(new Uint8Array(png), { ...all.page, "content-type": "image/svg+xml" });
		const { contentUri } = (await response.json()) as { contentUri: string };
		const back = await all.get(contentUri.replace("mxc://", "/api/media/"));
		expect(back.headers.get("content-type")).toBe("image/png");
		await back.arrayBuffer();
	});
});

describe("what is refused", () => {
	it("a caller who is not signed in, for upload and for download", async () => {
		await using all = await startAll();
		const path = await upload(all);
		const { cookie: _, ...stranger } = all.page;
		expect((await all.post(new Uint8Array(png), stranger)).status).toBe(401);
		expect((await all.get(path, {})).status).toBe(401);
		expect((await all.get(path, { cookie: "next-auth.session-token=x" })).status).toBe(401);
		expect(await all.stored()).toEqual({ rows: 1, files: 1 });
	});

	it("a page of another site, or a caller that names none", async () => {
		await using all = await startAll();
		const path = await upload(all);
		const { origin: _, ...nameless } = all.page;
		const foreign = { origin: "https://evil.example" };
		expect((await all.post(new Uint8Array(png), { ...all.page, ...foreign })).status).toBe(403);
		expect((await all.post(new Uint8Array(png), nameless)).status).toBe(403);
		const { cookie } = all.page;
		expect((await all.get(path, { cookie, ...foreign })).status).toBe(403);
		expect((await all.get(path, { cookie, "sec-fetch-site": "cross-site" })).status).toBe(403);
	});

	it("what is no picture, or is sent as what a form can send", async () => {
		await using all = await startAll();
		const bodies = ["<svg xmlns='http://www.w3.org/2000/svg'/>", "<html></html>", "GIF89a/*<script>*/", ""];
		for (const body of bodies) expect((await all.post(new Uint8Array(Buffer.from(body)))).status).toBe(400);
		const polyglot = Buffer.concat([png, Buffer.from("<script>alert(1)</script>")]);
		expect((await all.post(new Uint8Array(polyglot))).status).toBe(400);
		for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]) {
			expect((await all.post(new Uint8Array(png), { ...all.page, "content-type": type })).status).toBe(400);
		}
		expect(await all.stored()).toEqual(nothing);
	});

	it("a path that leads anywhere else", async () => {
		await using all = await startAll();
		const id = (await upload(all)).split("/").at(-1) ?? "";
		const paths = [
			"/api/media",
			"/api/media/",
			`/api/media/kith.test`,
			`/api/media/evil.example/${id}`,
			`/api/media/kith.test/${id}/more`,
			`/api/media/kith.test/${id.toUpperCase()}x`,
			"/api/media/kith.test/..%2f..%2fsecrets.json",
			"/api/media/kith.test/%2e%2e",
			`/api/media/kith.test/${"0".repeat(32)}`,
			`/api/media/kith.test/${id}%00`,
			"/api/mediaextra",
		];
		for (const path of paths) expect([path, (await all.get(path)).status]).toEqual([path, 404]);
		expect((await all.post(new Uint8Array(png), all.page, "/api/media/kith.test/x")).status).toBe(400);
	});

	it("too much, before it is read when it says so, and as soon as it is when it does not", async () => {
		await using all = await startAll();
		const honest = openRequest(all, { "content-length": 1_000_001 });
		honest.flushHeaders();
		const [refused] = await once(honest, "response");
		expect(refused.statusCode).toBe(413);
		honest.destroy();

		const chunked = openRequest(all, { "transfer-encoding": "chunked" });
		const answered = once(chunked, "response");
		chunked.write(Buffer.alloc(1_000_000));
		chunked.write(Buffer.alloc(1));
		const [response] = await answered;
		expect(response.statusCode).toBe(413);
		chunked.destroy();
		expect(await all.stored()).toEqual(nothing);
	});

	it("an upload that stops half way, or gives less than it promised: nothing is left of it", async () => {
		await using all = await startAll();
		for (const length of [png.length, png.length + 100]) {
			const request = openRequest(all, { "content-length": length });
			request.write(png.subarray(0, length === png.length ? 50 : png.length));
			const socket = request.socket ?? (await once(request, "socket"))[0];
			if (socket.connecting) await once(socket, "connect");
			const closed = new Promise((resolve) => request.once("close", resolve));
			request.destroy();
			await closed;
		}
		// The server is still there, and a whole one is stored.
		await upload(all);
		expect(await all.stored()).toEqual({ rows: 1, files: 1 });
	});

	it("everything while the database does not answer: said so, and nothing stored", async () => {
		await using all = await startAll();
		all.loseDatabase();
		expect((await all.post(new Uint8Array(png))).status).toBe(503);
	});
});
