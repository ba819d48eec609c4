import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { askMatrix } from "../../../../tests/setup/ask-matrix.ts";
import { testFederation } from "../../../../tests/setup/test-federation.ts";
import { trustedProxies } from "../../trpc/request/client-address.ts";
import { createMatrixHandler } from "../handle-matrix-request.ts";
import { createRequestBounds } from "../request-bounds.ts";
import { openIdRoutes } from "./open-id-routes.ts";

const ann = "@ann:kith.example" as UserId;
const federation = testFederation("kith.example" as ServerName, [], {
	whoseOpenIdToken: async (token) => {
		if (token === "broken canary") throw new Error("the database is away");
		return token === "of ann" ? ann : undefined;
	},
});

const ask = (query: Readonly<Record<string, string>>) =>
	openIdRoutes[0]?.answer(federation, {
		...{ origin: "" as ServerName, params: {}, content: {} },
		query: new URLSearchParams(query),
	});

it("says whose token it is, to whoever has it, and nothing else", async () => {
	expect(openIdRoutes.map(({ isSigned }) => isSigned)).toEqual([false]);
	expect(await ask({ access_token: "of ann" })).toEqual({
		...{ kind: "answered", content: { sub: ann } },
		headers: { "Cache-Control": "no-store" },
	});
	expect(await ask({ access_token: "of nobody" })).toMatchObject({ status: 401, errcode: "M_UNKNOWN_TOKEN" });
	for (const query of [{}, { access_token: "" }]) {
		expect(await ask(query)).toMatchObject({ status: 401, errcode: "M_MISSING_TOKEN" });
	}
});

it("leaves no token in the log, whatever becomes of the request", async () => {
	const lines: string[] = [];
	const write = (fields: object, message: string): void => void lines.push(JSON.stringify({ ...fields, message }));
	const log = { debug: write, info: write, warn: write, error: write };
	const host = { federation, log, requestBounds: createRequestBounds(trustedProxies([])) };
	const handle = createMatrixHandler(openIdRoutes);
	const server = createServer((request, response) => void handle(host, request, response)).listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	onTestFinished(() => void server.close());
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const statusOf = async (token: string) => {
		const uri = `/_matrix/federation/v1/openid/userinfo?access_token=${encodeURIComponent(token)}`;
		return (await askMatrix(origin, { uri })).status;
	};
	expect([await statusOf("of ann"), await statusOf("a canary"), await statusOf("broken canary")]).toEqual([
		200, 401, 500,
	]);
	expect(lines).toHaveLength(2);
	expect(lines.join()).not.toMatch(/canary|of ann|of%20ann/);
});
