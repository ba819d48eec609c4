import { randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { createTestAccounts, testPassword } from "../../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../../tests/setup/test-web-server.ts";

/** What a browser would run, were it let to. */
const page = Buffer.from("<!doctype html><script>alert(1)</script>");
const uploadId = "0123456789abcdef0123456789abcdef";

const startFiles = async () => {
	const test = await createTestAccounts();
	const testHost = await createTestHost(test);
	const server = await startTestWebServer(testHost.host);
	await test.addPerson("ann");
	const browser = createTestBrowser(server.origin);
	await browser.signIn("ann", testPassword);
	const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const own = { origin: server.origin, cookie, "content-type": "application/octet-stream" };
	return {
		...{ own, cookie, origin: server.origin },
		put: (path = `/api/files/${uploadId}`, headers: Record<string, string> = own, body: Uint8Array = page) =>
			fetch(`${server.origin}${path}`, { method: "PUT", body: new Uint8Array(body), headers }),
		get: (path: string, headers: Record<string, string> = { cookie }) => fetch(`${server.origin}${path}`, { headers }),
		rows: () => test.database.prisma.media.findMany(),
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await testHost[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

describe("a file over HTTP", () => {
	it("comes back as bytes to be saved, whatever they could be taken for, and its retry is answered the same", async () => {
		await using all = await startFiles();
		const stored = await all.put();
		expect(stored.status).toBe(200);
		const { contentUri } = (await stored.json()) as { contentUri: string };
		expect(await (await all.put()).json()).toEqual({ contentUri });
		const response = await all.get(contentUri.replace("mxc://", "/api/files/"));
		expect(Buffer.from(await response.arrayBuffer())).toEqual(page);
		expect(Object.fromEntries(response.headers)).toMatchObject({
			"content-type": "application/octet-stream",
			"content-disposition": "attachment",
			"content-security-policy": "default-src 'none'; sandbox",
			"x-content-type-options": "nosniff",
			"cross-origin-resource-policy": "same-origin",
		});
		// The door of pictures gives out pictures only.
		expect((await all.get(contentUri.replace("mxc://", "/api/media/"))).status).toBe(404);
	});

	it("is refused unread to strangers, to other sites, and without a name or a length", async () => {
		await using all = await startFiles();
		const { cookie: _, ...stranger } = all.own;
		expect((await all.put(undefined, stranger)).status).toBe(401);
		expect((await all.put(undefined, { ...all.own, origin: "https://evil.example" })).status).toBe(403);
		for (const path of ["/api/files", "/api/files/..%2fkeys", `/api/files/${uploadId}/x`, `/api/files/${uploadId}0`]) {
			expect([path, (await all.put(path)).status]).toEqual([path, 400]);
		}
		expect((await all.put(undefined, all.own, Buffer.alloc(0))).status).toBe(400);
		const chunked = await new Promise<number | undefined>((resolve, reject) => {
			const headers = { ...all.own, "transfer-encoding": "chunked" };
			const request = httpRequest(`${all.origin}/api/files/${uploadId}`, { method: "PUT", headers });
			request.on("response", (response) => resolve(response.statusCode)).on("error", reject);
			request.end(page);
		});
		expect(chunked).toBe(400);
		expect(await all.rows()).toEqual([]);
		expect((await all.get("/api/files/kith.test/abc", {})).status).toBe(401);
		expect((await all.get("/api/files/kith.test/abc/def")).status).toBe(404);
	});

	it("may have as many bytes as the server says, and is refused by its announced length", async () => {
		await using all = await startFiles();
		expect(await (await all.get("/api/files")).json()).toEqual({ "m.upload.size": 50_000_000 });
		const status = await new Promise<number | undefined>((resolve, reject) => {
			const headers = { ...all.own, "content-length": "50000001" };
			const request = httpRequest(`${all.origin}/api/files/${uploadId}`, { method: "PUT", headers });
			request.on("response", (response) => resolve(response.statusCode)).on("error", reject);
			request.write("x");
		});
		expect(status).toBe(413);
		expect(await all.rows()).toEqual([]);
	});

	it("keeps what a message to a device refers to for thirty days", async () => {
		await using all = await startFiles();
		const id = randomBytes(16).toString("hex");
		expect((await all.put(`/api/files/${id}?for=device`)).status).toBe(200);
		const [row] = await all.rows();
		expect(Math.round(((row?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000)).toBe(30);
	});
});
