import { describe, expect, it } from "vitest";
import { createKeyServer, Refused, Unanswered } from "./key-server.ts";

const answering = (status: number, body: unknown) =>
	createKeyServer(async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status }));

describe("the server as the engine sees it", () => {
	it("is asked by procedure, and answers what the procedure does", async () => {
		const asked: [string, unknown][] = [];
		const server = createKeyServer(async (address, { body }) => {
			asked.push([address, JSON.parse(String(body))]);
			return Response.json({ result: { data: { device_keys: {} } } });
		});
		expect(await server.query({ device_keys: {} })).toEqual({ device_keys: {} });
		await server.acknowledgeToDevice("7");
		expect(asked).toEqual([
			["/api/trpc/keys.query", { device_keys: {} }],
			["/api/trpc/toDevice.acknowledge", { position: "7" }],
		]);
	});

	it("keeps bytes for devices, under an id of their own, and gives back what an address names", async () => {
		const asked: [string, string | undefined][] = [];
		const server = createKeyServer(async (address, { method }) => {
			asked.push([address, method]);
			return method === "PUT"
				? Response.json({ contentUri: "mxc://kith.test/abc_-1" })
				: new Response(new Uint8Array([1, 2, 3]));
		});
		const address = await server.putFile(new Uint8Array([1, 2, 3]));
		expect(address).toBe("mxc://kith.test/abc_-1");
		expect([...(await server.readFile(address))]).toEqual([1, 2, 3]);
		// What another person's device named must not lead anywhere else.
		for (const elsewhere of ["mxc://../../trpc/accounts.signOut?x#y", "mxc://../trpc", "https://kith.test/abc"]) {
			await expect(server.readFile(elsewhere)).rejects.toThrow(Refused);
		}
		expect(asked[0]?.[0]).toMatch(/^\/api\/files\/[0-9a-f]{32}\?for=device$/);
		expect(asked.slice(1)).toEqual([["/api/files/kith.test/abc_-1", "GET"]]);
	});

	it("has refused bytes, or not answered, by what it says of them", async () => {
		await expect(answering(413, { code: "too-large" }).putFile(new Uint8Array(1))).rejects.toThrow(Refused);
		await expect(answering(404, {}).readFile("mxc://kith.test/a")).rejects.toThrow(Refused);
		await expect(answering(503, {}).readFile("mxc://kith.test/a")).rejects.toThrow(Unanswered);
	});

	it("says what somebody is in a room, and not of whom it begins with their name", async () => {
		const member = (userId: string) => ({ userId, displayName: "x", membership: "join", role: "member" });
		const items = [member("@anna:kith.test"), member("@ann:kith.test.org")];
		const server = answering(200, { result: { data: { items } } });
		expect(await server.membershipOf("!r", "@anna:kith.test")).toBe("join");
		expect(await server.membershipOf("!r", "@ann:kith.test")).toBeUndefined();
	});

	it("refuses with a code of its own", async () => {
		const server = answering(400, { error: { data: { kith: { code: "keys-refused" } } } });
		await expect(server.upload({})).rejects.toThrow(Refused);
		await expect(server.upload({})).rejects.toMatchObject({ code: "keys-refused" });
	});

	it.each([
		["a proxy's page", () => answering(502, "<html>")],
		["its own breakdown", () => answering(500, { error: { data: { kith: { code: "internal" } } } })],
		["an answer without a code", () => answering(404, {})],
		[
			"no answer",
			() =>
				createKeyServer(async () => {
					throw new TypeError("failed to fetch");
				}),
		],
	])("has not answered where there is %s", async (_, open) => {
		await expect(open().claim({})).rejects.toThrow(Unanswered);
	});
});
