import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../tests/setup/test-web-server.ts";
import { getContainer } from "../running-container.ts";

/** A server with Ann signed in, and a way to open sockets as her page would. */
const openServer = async () => {
	const test = await createTestAccounts();
	await test.addPerson("ann");
	const { [Symbol.asyncDispose]: closeHost } = await createTestHost(test);
	// The container's own accounts: they hear of ended sessions as a server process does.
	const host = getContainer();
	const server = await startTestWebServer(host);
	const browser = createTestBrowser(server.origin);
	await browser.signIn("ann", testPassword);
	const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const connect = (path = "/api/trpc", headers: Record<string, string> = { origin: server.origin, cookie }) =>
		new WebSocket(`${server.origin.replace("http", "ws")}${path}`, { headers });
	return {
		accounts: host.accounts,
		database: test.database,
		connect,
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await closeHost();
			await test[Symbol.asyncDispose]();
		},
	};
};

const opened = (socket: WebSocket): Promise<WebSocket> =>
	new Promise((resolve, reject) => {
		socket.once("open", () => resolve(socket));
		socket.once("error", reject);
	});
const closed = (socket: WebSocket): Promise<number> =>
	new Promise((resolve) => {
		socket.on("error", () => undefined);
		socket.once("close", resolve);
	});
const refusal = (socket: WebSocket): Promise<number | undefined> =>
	new Promise((resolve) => {
		socket.on("error", () => undefined);
		socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
	});
const answer = (
	socket: WebSocket,
	frame: string | Buffer,
): Promise<{ id: unknown; error?: { data: { kith: object } }; result?: { data: unknown } }> =>
	new Promise((resolve) => {
		socket.once("message", (data) => resolve(JSON.parse(String(data))));
		socket.send(frame);
	});
const call = (id: number, path: string, input: unknown = undefined): string =>
	JSON.stringify({ id, method: path.endsWith("me") ? "query" : "mutation", params: { path, input } });

describe("sockets", () => {
	it("open for our own page only, at their path only", async () => {
		await using server = await openServer();
		expect(await refusal(server.connect("/api/trpc", { origin: "https://evil.example" }))).toBe(403);
		expect(await refusal(server.connect("/api/trpc", {}))).toBe(403);
		expect(await refusal(server.connect("/elsewhere"))).toBe(404);
		const socket = await opened(server.connect());
		expect(await answer(socket, call(1, "accounts.me"))).toMatchObject({
			result: { data: { userId: "@ann:kith.test" } },
		});
	});

	it("answer frames that are no calls with a typed error, and go on", async () => {
		await using server = await openServer();
		const socket = await opened(server.connect());
		const hostile = [
			"",
			"no json",
			"null",
			"[]",
			"{}",
			'{"id":1}',
			'{"id":1,"method":"mutation"}',
			'{"id":1,"method":"query","params":{"path":"__proto__.polluted"}}',
			'{"id":2,"method":"mutation","params":{"path":"messages.send","input":{"__proto__":{"x":1}}}}',
			`${"[".repeat(50_000)}`,
		];
		for (const frame of hostile) socket.send(frame);
		socket.send(Buffer.from([0xff, 0xfe, 0x00]), { binary: true });
		socket.removeAllListeners("message");
		const mine = new Promise<{ result?: { data: { userId: string } } }>((resolve) => {
			socket.on("message", (data) => {
				const message = JSON.parse(String(data));
				if (message.id === 77) resolve(message);
			});
		});
		socket.send(call(77, "accounts.me"));
		expect((await mine).result?.data.userId).toBe("@ann:kith.test");
	});

	it("refuse wrong inputs with the names of the fields and nothing of what was sent", async () => {
		await using server = await openServer();
		const socket = await opened(server.connect());
		const input = { roomId: "SECRET", transactionId: "SECRET SECRET", body: "" };
		const text = JSON.stringify(await answer(socket, call(3, "messages.send", input)));
		expect(text).toContain('"code":"bad-input"');
		expect(text).toContain("transactionId");
		expect(text).not.toContain("SECRET");
	});

	it("close on a frame above a megabyte and say why, while others stay open", async () => {
		await using server = await openServer();
		const [greedy, other] = [await opened(server.connect()), await opened(server.connect())];
		const end = closed(greedy);
		expect(await answer(greedy, `"${"x".repeat(1_100_000)}"`)).toMatchObject({
			id: null,
			error: { data: { httpStatus: 413, kith: { code: "too-large" } } },
		});
		expect(await end).toBe(1009);
		expect(await answer(other, call(1, "accounts.me"))).toMatchObject({ result: {} });
	});

	it("close on a flood, while others stay open", async () => {
		await using server = await openServer();
		const [flooder, other] = [await opened(server.connect()), await opened(server.connect())];
		const end = closed(flooder);
		for (let frame = 0; frame < 2500; frame += 1) flooder.send(call(frame, "accounts.me"));
		expect(await end).toBe(1008);
		expect(await answer(other, call(1, "accounts.me"))).toMatchObject({ result: {} });
	});

	it("close on a flood in one frame, answer nothing of it, and say when to come back", async () => {
		await using server = await openServer();
		const flooder = await opened(server.connect());
		const answers: object[] = [];
		flooder.on("message", (data) => answers.push(JSON.parse(String(data))));
		const end = closed(flooder);
		flooder.send(`[${Array.from({ length: 5000 }, (_, id) => call(id, "accounts.me")).join(",")}]`);
		expect(await end).toBe(1008);
		const kith = { code: "too-many-requests", retryAfterMs: expect.any(Number) };
		expect(answers).toEqual([
			{ id: null, error: expect.objectContaining({ data: expect.objectContaining({ kith }) }) },
		]);
	});

	it("let one person write no more over two sockets than over one, and say when they may again", async () => {
		await using server = await openServer();
		const sockets = [await opened(server.connect()), await opened(server.connect())];
		const create = { transactionId: "room", kind: "group", name: "Room", inviteeIds: [] };
		const made = await answer(sockets[0] as WebSocket, call(0, "rooms.create", create));
		const roomId = (made.result?.data as { roomId?: string } | undefined)?.roomId;
		const answers: { error?: { data: { kith: object } } }[] = [];
		for (const [at, socket] of sockets.entries()) {
			socket.on("message", (data) => answers.push(JSON.parse(String(data))));
			const inputs = Array.from({ length: 150 }, (_, id) => ({ roomId, transactionId: `${at}.${id}`, body: "flood" }));
			for (const [id, input] of inputs.entries()) socket.send(call(id + 1, "messages.send", input));
		}
		await expect.poll(() => answers.length, { timeout: 20_000 }).toBe(300);
		const refused = answers.flatMap(({ error }) => error?.data.kith ?? []);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused).toEqual(
			refused.map(() => expect.objectContaining({ code: "too-many-requests", retryAfterMs: expect.any(Number) })),
		);
		const { rows } = await server.database.pool.query(
			"SELECT count(*)::int AS stored FROM events WHERE type = 'm.room.message'",
		);
		expect(rows).toEqual([{ stored: 300 - refused.length }]);
		expect(rows[0].stored).toBeGreaterThanOrEqual(59);
	});

	it("end their subscription within a second of the session's end, and answer nothing more", async () => {
		await using server = await openServer();
		const socket = await opened(server.connect());
		const subscribe = { id: 5, method: "subscription", params: { path: "sync.subscribe", input: {} } };
		const messages: { id: unknown; result?: { type: string } }[] = [];
		socket.on("message", (data) => messages.push(JSON.parse(String(data))));
		socket.send(JSON.stringify(subscribe));
		await expect.poll(() => messages.some((message) => message.result?.type === "data")).toBe(true);
		await server.accounts.operator.disableAccount("ann");
		await expect
			.poll(() => messages.some((message) => message.result?.type === "stopped"), { timeout: 1000 })
			.toBe(true);
		await delay(50);
		expect(await answer(socket, call(6, "accounts.me"))).toMatchObject({
			error: { data: { kith: { code: "session-revoked" } } },
		});
	});
});
