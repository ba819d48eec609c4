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
