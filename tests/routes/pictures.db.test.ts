import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { getContainer } from "../../src/server/running-container.ts";
import { createTestAccounts, testPassword } from "../setup/test-accounts.ts";
import { createTestBrowser } from "../setup/test-browser.ts";
import { createTestHost } from "../setup/test-host.ts";
import { testPicture } from "../setup/test-pictures.ts";
import { startTestRouteServer } from "../setup/test-route-server.ts";

const png = testPicture("dot.png");

const openRoutes = async () => {
	const test = await createTestAccounts();
	for (const localpart of ["ann", "ben"]) await test.addPerson(localpart);
	const host = await createTestHost(test);
	const server = await startTestRouteServer(getContainer());
	const signIn = async (localpart: string) => {
		const browser = createTestBrowser(server.origin);
		await browser.signIn(localpart, testPassword);
		const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		return { browser, page: { origin: server.origin, cookie, "content-type": "image/png" } };
	};
	return {
		...{ signIn, origin: server.origin },
		upload: (headers: Record<string, string>) =>
			fetch(`${server.origin}/api/media`, { method: "POST", body: new Uint8Array(png), headers }),
		rowCount: () => test.database.prisma.media.count(),
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await host[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

describe("a picture by Next's route", () => {
	it("is stored byte for byte, shown to others who are signed in, and to nobody else", async () => {
		await using routes = await openRoutes();
		const [ann, ben] = [await routes.signIn("ann"), await routes.signIn("ben")];
		const { contentUri } = (await (await routes.upload(ann.page)).json()) as { contentUri: string };
		const path = contentUri.replace("mxc://", "/api/media/");
		const shown = await ben.browser.get(path);
		expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
		expect(Object.fromEntries(shown.headers)).toMatchObject({
			"content-type": "image/png",
			"content-security-policy": "default-src 'none'; sandbox",
			"x-content-type-options": "nosniff",
		});
		expect((await fetch(`${routes.origin}${path}`)).status).toBe(401);
		expect((await ben.browser.get(path, { origin: "https://evil.example" })).status).toBe(403);
		for (const elsewhere of [
			`${path}%2f..%2f..%2fsecrets.json`,
			"/api/media/kith.test/..%2fsigning.key",
			`${path}/more`,
		]) {
			expect([elsewhere, (await ben.browser.get(elsewhere)).status]).toEqual([elsewhere, 404]);
		}
	});

	it("is as a file what it was, bytes to be saved, under the door of files", async () => {
		await using routes = await openRoutes();
		const [ann, ben] = [await routes.signIn("ann"), await routes.signIn("ben")];
		const path = `/api/files/${"0a".repeat(16)}`;
		const upload = () =>
			fetch(`${routes.origin}${path}`, { method: "PUT", body: new Uint8Array(png), headers: ann.page });
		const { contentUri } = (await (await upload()).json()) as { contentUri: string };
		expect(await (await upload()).json()).toEqual({ contentUri });
		const given = await ben.browser.get(contentUri.replace("mxc://", "/api/files/"));
		expect(Buffer.from(await given.arrayBuffer())).toEqual(png);
		expect(given.headers.get("content-type")).toBe("application/octet-stream");
		expect(await (await ben.browser.get("/api/files")).json()).toEqual({ "m.upload.size": 50_000_000 });
	});

	it("is its owner's: nobody else can show it as their own", async () => {
		await using routes = await openRoutes();
		const [ann, ben] = [await routes.signIn("ann"), await routes.signIn("ben")];
		const { contentUri } = (await (await routes.upload(ann.page)).json()) as { contentUri: string };
		const stolen = await ben.browser.postJson("/api/trpc/accounts.changeAvatar", { avatarUrl: contentUri });
		expect(stolen.status).toBeGreaterThanOrEqual(400);
		expect(stolen.status).toBeLessThan(500);
		const own = await ann.browser.postJson("/api/trpc/accounts.changeAvatar", { avatarUrl: contentUri });
		expect(own.status).toBe(200);
	});

	it("is refused before its body is read when nobody sends it, another site does, or it says that it is too large", async () => {
		await using routes = await openRoutes();
		const { page } = await routes.signIn("ann");
		const { cookie: _, ...stranger } = page;
		const refusals = [
			[401, stranger],
			[403, { ...page, origin: "https://evil.example" }],
			[400, { ...page, "content-type": "text/html" }],
			[413, { ...page, "content-length": "1000001" }],
		] as const;
		for (const [status, headers] of refusals) {
			// Of the body nothing is ever sent.
			const asked = httpRequest(`${routes.origin}/api/media`, {
				method: "POST",
				headers: { "content-length": "1000", ...headers },
			});
			asked.on("error", () => undefined);
			asked.flushHeaders();
			const [{ statusCode }] = await once(asked, "response");
			expect(statusCode).toBe(status);
			asked.destroy();
		}
		expect(await routes.rowCount()).toBe(0);
	});
});
