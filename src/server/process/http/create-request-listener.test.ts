import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createLogger } from "../logger.ts";
import { createRequestListener, type RequestHandler } from "./create-request-listener.ts";
import { createMetrics } from "./metrics.ts";
import { askReadiness, type ReadinessCheck } from "./readiness.ts";
import { headersByAddress } from "./security-headers.ts";

interface Parts {
	readonly api?: RequestHandler;
	readonly checks?: ReadinessCheck[];
}

const answerPage: RequestHandler = async (_, response) => void response.end("page");

async function serve({ api = async (_, response) => void response.end("api"), checks = [] }: Parts = {}) {
	const lines: string[] = [];
	const metrics = createMetrics();
	const listener = createRequestListener({
		routes: [{ prefix: "/api/trpc/", handle: api }],
		otherwise: answerPage,
		headers: headersByAddress({ mode: "production" }),
		readiness: () => askReadiness(checks),
		metrics,
		log: createLogger({ logLevel: "debug" }, { write: (line: string) => void lines.push(line) }),
	});
	const server = createServer(listener).listen(0, "127.0.0.1");
	await new Promise((resolve) => server.once("listening", resolve));
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	return { ask: (path: string) => fetch(`http://127.0.0.1:${port}${path}`), lines, metrics };
}

describe("createRequestListener", () => {
	it("routes by the path and sets the headers that hold everywhere", async () => {
		const { ask } = await serve();
		expect(await (await ask("/api/trpc/rooms.list")).text()).toBe("api");
		const page = await ask("/sign-in");
		expect(await page.text()).toBe("page");
		expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
		expect(page.headers.get("x-content-type-options")).toBe("nosniff");
		expect(page.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
	});

	it("logs one line with the request's id and nothing of its query", async () => {
		const { ask, lines } = await serve();
		const page = await ask("/sign-up?token=canary");
		await expect.poll(() => lines.length).toBe(1);
		const line = JSON.parse(lines[0] ?? "");
		expect(line).toMatchObject({ path: "/sign-up", status: 200, requestId: page.headers.get("x-request-id") });
		expect(lines.join()).not.toContain("canary");
	});

	it("answers 500 with the request's id, and not the error, when a handler fails", async () => {
		const api = () => Promise.reject(new Error("canary"));
		const { ask, lines } = await serve({ api });
		const answer = await ask("/api/trpc/x");
		expect(answer.status).toBe(500);
		expect(await answer.text()).toBe(`internal error, request ${answer.headers.get("x-request-id")}\n`);
		expect(lines.join()).toContain("a request failed");
	});

	it("is alive whatever the checks say, and ready when all of them are", async () => {
		const checks = [{ name: "database", isReady: async () => true }];
		const { ask } = await serve({ checks });
		expect((await ask("/readyz")).status).toBe(200);
		checks.push({ name: "bus", isReady: () => Promise.reject(new Error("gone")) });
		const unready = await ask("/readyz");
		expect(unready.status).toBe(503);
		expect(await unready.json()).toEqual({ isReady: false, checks: { database: "ok", bus: "failed" } });
		expect((await ask("/healthz")).status).toBe(200);
	});

	it("counts requests by method and outcome, never by path", async () => {
		const { ask, metrics } = await serve();
		await ask("/chat/canary");
		await expect
			.poll(() => metrics.registry.metrics())
			.toContain('kith_http_request_duration_seconds_count{method="GET",status="2xx"} 1');
		expect(await metrics.registry.metrics()).not.toContain("canary");
	});
});
