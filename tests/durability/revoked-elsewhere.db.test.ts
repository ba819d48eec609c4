import { once } from "node:events";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { readRunningDatabase } from "../../src/server/cli/running-database.ts";
import { addPeople, sharedPassword } from "../server-process/add-people.ts";
import { type ServerProcess, startServerProcess } from "../server-process/start-server-process.ts";
import { readEvents } from "../setup/read-events.ts";
import { createTestBrowser } from "../setup/test-browser.ts";

const proof = { kind: "password", password: sharedPassword } as const;
const env = { KITH_BUS: "postgres" };
const sessionEnded = 4401;
let folder = "";
let first: ServerProcess;
/** On the same database. */
let second: ServerProcess;

beforeAll(async () => {
	folder = await realpath(await mkdtemp(join(tmpdir(), "kith-revoked-")));
	const dataFolder = join(folder, "data");
	first = await startServerProcess({ dataFolder, env });
	const running = await readRunningDatabase(dataFolder);
	second = await startServerProcess({ dataFolder, env: { ...env, DATABASE_URL: running?.connectionString ?? "" } });
});

afterAll(async () => {
	await second.stop();
	await first.stop();
	await rm(folder, { recursive: true, force: true });
});

/** A device of somebody, signed in at one of the processes. */
const signIn = async ({ origin }: ServerProcess, localpart: string) => {
	const browser = createTestBrowser(origin);
	await browser.signIn(localpart, sharedPassword);
	const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const me = (await (await browser.get("/api/trpc/accounts.me")).json()) as { result: { data: { deviceId: string } } };
	return { browser, origin, cookie, deviceId: me.result.data.deviceId };
};

type Device = Awaited<ReturnType<typeof signIn>>;

/** A socket that follows the stream; answers when it is closed, and how. */
const openSocket = async ({ origin, cookie }: Device): Promise<Promise<number>[]> => {
	const socket = new WebSocket(`${origin.replace("http", "ws")}/api/trpc`, { headers: { origin, cookie } });
	const closed = new Promise<number>((resolve) => socket.once("close", resolve));
	await once(socket, "open");
	const begun = new Promise<void>((resolve) => {
		socket.on("message", (data) => {
			if (String(data).includes('"kind":"start"')) resolve();
		});
	});
	socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "sync.subscribe", input: {} } }));
	await begun;
	// In an array, because awaiting this function must not wait for the end.
	return [closed];
};

const openStream = async ({ origin, cookie }: Device): Promise<Promise<string>[]> => {
	const stream = await readEvents(`${origin}/api/trpc/sync.subscribe?input=%7B%7D`, { origin, cookie });
	await expect.poll(() => stream.events.some(({ event }) => event === "message")).toBe(true);
	return [stream.ended.then(() => "ended")];
};

/** What comes within a second, or that nothing does. */
const withinASecond = <T>(coming: Promise<T> | undefined): Promise<T | "open" | undefined> =>
	Promise.race([coming, new Promise<"open">((resolve) => setTimeout(() => resolve("open"), 1000).unref())]);

describe("a device that is signed out at one server process", () => {
	it("loses its socket and its stream of events at another within a second, and nobody else does", async () => {
		await addPeople(join(folder, "data"), ["ann", "ben"]);
		const laptop = await signIn(first, "ann");
		const [phone, tablet, ben] = [
			await signIn(second, "ann"),
			await signIn(second, "ann"),
			await signIn(second, "ben"),
		];
		const [phoneSocket] = await openSocket(phone);
		const [phoneStream] = await openStream(phone);
		const [tabletSocket] = await openSocket(tablet);
		const [benSocket] = await openSocket(ben);
		const { browser } = laptop;
		const revoked = await browser.postJson("/api/trpc/accounts.revokeDevice", { deviceId: phone.deviceId, proof });
		expect(revoked.status).toBe(200);
		expect(await Promise.all([withinASecond(phoneSocket), withinASecond(phoneStream)])).toEqual([
			sessionEnded,
			"ended",
		]);
		expect((await phone.browser.get("/api/trpc/accounts.me")).status).toBe(401);
		expect(await Promise.all([withinASecond(tabletSocket), withinASecond(benSocket)])).toEqual(["open", "open"]);
		// All the others at once, too.
		expect((await browser.postJson("/api/trpc/accounts.revokeOtherDevices", { proof })).status).toBe(200);
		expect(await withinASecond(tabletSocket)).toBe(sessionEnded);
		expect(await withinASecond(benSocket)).toBe("open");
	});
});
