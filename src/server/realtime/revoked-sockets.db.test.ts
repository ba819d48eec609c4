import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../tests/setup/test-web-server.ts";
import { getContainer } from "../running-container.ts";

const proof = { kind: "password", password: testPassword } as const;

/** One process serves the sockets; another, on the same database, hears that devices are signed out. */
const openProcesses = async () => {
	const test = await createTestAccounts();
	await test.addPerson("ann");
	const serving = await createTestHost(test);
	const server = await startTestWebServer(getContainer());
	const other = await createTestHost(test);
	const otherAccounts = getContainer().accounts;
	const connect = async () => {
		const browser = createTestBrowser(server.origin);
		await browser.signIn("ann", testPassword);
		const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		const socket = new WebSocket(`${server.origin.replace("http", "ws")}/api/trpc`, {
			headers: { origin: server.origin, cookie },
		});
		const closed = new Promise<number>((resolve) => socket.once("close", resolve));
		await new Promise((resolve) => socket.once("open", resolve));
		socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "accounts.me" } }));
		const [reply] = await new Promise<string[]>((resolve) => {
			socket.once("message", (data) => resolve([String(data)]));
		});
		return { socket, closed, cookie, deviceId: JSON.parse(reply ?? "").result.data.deviceId as string };
	};
	/** The stream as server-sent events, for where no socket opens; once the server has ended it, answers how it takes the next call. */
	const follow = async (cookie: string): Promise<{ ended: Promise<number> }> => {
		const headers = { origin: server.origin, cookie, accept: "text/event-stream" };
		const url = `${server.origin}/api/trpc/sync.subscribe?input=%7B%7D`;
		const response = await fetch(url, { headers });
		const reader = response.body?.getReader();
		if (reader === undefined) throw new Error("there is no stream");
		await reader.read();
		const drain = async (): Promise<number> => {
			while (!(await reader.read()).done);
			return (await fetch(`${server.origin}/api/trpc/accounts.me`, { headers })).status;
		};
		return { ended: drain() };
	};
	const viewerOf = async (deviceId: string) => {
		const { rows } = await test.database.pool.query("SELECT id FROM sessions WHERE device_id = $1", [deviceId]);
		const viewer = await otherAccounts.resolveSession(rows[0].id);
		if (viewer === undefined) throw new Error("the session does not stand");
		return viewer;
	};
	return {
		...{ connect, follow, viewerOf, otherAccounts },
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await serving[Symbol.asyncDispose]();
			await other[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

const withinASecond = async (closed: Promise<number>): Promise<number | "open"> => {
	const late = new Promise<"open">((resolve) => setTimeout(() => resolve("open"), 1000).unref());
	return Promise.race([closed, late]);
};

describe("the sockets of a device that another process signs out", () => {
	it("close within a second, while those of other devices stay open", async () => {
		await using processes = await openProcesses();
		const [laptop, phone] = [await processes.connect(), await processes.connect()];
		const viewer = await processes.viewerOf(laptop.deviceId);
		await processes.otherAccounts.revokeDevice(viewer, { deviceId: phone.deviceId, proof });
		expect(await withinASecond(phone.closed)).toBe(4401);
		expect(laptop.socket.readyState).toBe(WebSocket.OPEN);
	});

	it("close within a second when the account is deactivated, and so do streams of events", async () => {
		await using processes = await openProcesses();
		const [laptop, phone] = [await processes.connect(), await processes.connect()];
		const events = await processes.follow(phone.cookie);
		const viewer = await processes.viewerOf(laptop.deviceId);
		const proof = { kind: "password", password: testPassword } as const;
		await processes.otherAccounts.deactivate(viewer, proof);
		const ends = [laptop.closed, phone.closed, events.ended].map(withinASecond);
		expect(await Promise.all(ends)).toEqual([4401, 4401, 401]);
	});

	it("close within a second when all but one are signed out, or the password changes", async () => {
		await using processes = await openProcesses();
		const [laptop, phone] = [await processes.connect(), await processes.connect()];
		const viewer = await processes.viewerOf(laptop.deviceId);
		await processes.otherAccounts.revokeOtherDevices(viewer, proof);
		expect(await withinASecond(phone.closed)).toBe(4401);
		const tablet = await processes.connect();
		await processes.otherAccounts.changePassword(viewer, {
			proof: { kind: "password", password: testPassword },
			newPassword: "seven green bicycles",
			endsOtherSessions: true,
		});
		expect(await withinASecond(tablet.closed)).toBe(4401);
		expect(laptop.socket.readyState).toBe(WebSocket.OPEN);
	});
});
