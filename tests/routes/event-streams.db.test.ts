import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { getContainer } from "../../src/server/running-container.ts";
import { readEvents } from "../setup/read-events.ts";
import { createTestAccounts, testPassword } from "../setup/test-accounts.ts";
import { createTestBrowser } from "../setup/test-browser.ts";
import { createTestHost } from "../setup/test-host.ts";
import { startTestRouteServer } from "../setup/test-route-server.ts";

const proof = { kind: "password", password: testPassword } as const;
const mostOfAddress = 1_000;

/** Ann's and Ben's browsers at Next's routes, on a process beside another one on the same database. */
const openRoutes = async () => {
	const test = await createTestAccounts();
	for (const localpart of ["ann", "ben"]) await test.addPerson(localpart);
	const elsewhere = await createTestHost(test);
	const otherAccounts = getContainer().accounts;
	const serving = await createTestHost(test);
	const server = await startTestRouteServer(getContainer());
	const signIn = async (localpart: string) => {
		const browser = createTestBrowser(server.origin);
		await browser.signIn(localpart, testPassword);
		const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		const call = async (path: string, input: unknown) => {
			const response = await browser.postJson(`/api/trpc/${path}`, input);
			return ((await response.json()) as { result: { data: Record<string, string> } }).result.data;
		};
		return { cookie, call };
	};
	return {
		...{ test, signIn, otherAccounts, origin: server.origin },
		/** A stream, as a page of the server asks for it. */
		follow: (headers: Record<string, string>, input: object = {}, path = "/api/trpc/sync.subscribe") =>
			readEvents(`${server.origin}${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
				...{ "sec-fetch-site": "same-origin" },
				...headers,
			}),
		/** A socket of nobody, from an address. */
		openSocket: (address: string) => {
			const headers = { origin: server.origin, "x-forwarded-for": address };
			const socket = new WebSocket(`${server.origin.replace("http", "ws")}/api/trpc`, { headers });
			return new Promise<WebSocket | number | undefined>((resolve) => {
				socket.on("error", () => undefined);
				socket.once("open", () => resolve(socket));
				socket.once("unexpected-response", (_, { statusCode, headers: told }) => {
					resolve(told["retry-after"] === undefined ? undefined : statusCode);
				});
			});
		},
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await serving[Symbol.asyncDispose]();
			await elsewhere[Symbol.asyncDispose]();
			await test[Symbol.asyncDispose]();
		},
	};
};

type Reader = Awaited<ReturnType<typeof readEvents>>;

/** The items of a stream that belong to the stream of this server, with their tokens. */
const itemsOf = ({ events }: Reader) =>
	events.flatMap(({ event, id, data }) => {
		const item = data as { kind: string; rooms: { events: { content: { body?: string } }[] }[] } | undefined;
		return event === "message" && item !== undefined && item.kind !== "ephemeral" ? [{ id, item }] : [];
	});
const bodiesOf = (reader: Reader) =>
	itemsOf(reader).flatMap(({ item }) =>
		item.rooms.flatMap(({ events }) => events.flatMap(({ content }) => content.body ?? [])),
	);
const refusalOf = async (reader: Reader) => {
	await reader.ended;
	const refused = reader.events.find(({ event }) => event === "serialized-error");
	return (refused?.data as { data: { kith: object } } | undefined)?.data.kith;
};
const begins = (reader: Reader) => expect.poll(() => itemsOf(reader).length, { timeout: 10_000 }).toBeGreaterThan(0);

const withinASecond = async (ended: Promise<void>): Promise<"ended" | "open"> =>
	Promise.race([
		ended.then(() => "ended" as const),
		new Promise<"open">((resolve) => setTimeout(() => resolve("open"), 1000).unref()),
	]);

describe("a stream of events by Next's route", () => {
	it("brings what happens, and goes on behind the last event it brought", async () => {
		await using routes = await openRoutes();
		const { cookie, call } = await routes.signIn("ann");
		const create = { transactionId: "room", kind: "group", name: "Room", inviteeIds: [] };
		const { roomId } = await call("rooms.create", create);
		const first = await routes.follow({ cookie });
		expect(first.status).toBe(200);
		await begins(first);
		expect(itemsOf(first)[0]?.item.kind).toBe("start");
		await call("messages.send", { roomId, transactionId: "1", body: "heard" });
		await expect.poll(() => bodiesOf(first)).toContain("heard");
		const lastId = itemsOf(first).at(-1)?.id ?? "";
		first.close();
		await call("messages.send", { roomId, transactionId: "2", body: "missed" });
		const second = await routes.follow({ cookie, "last-event-id": lastId });
		await expect.poll(() => bodiesOf(second)).toEqual(["missed"]);
		expect(itemsOf(second)[0]?.item.kind).toBe("changes");
		second.close();
	});

	it("is for whoever is signed in, and for our own pages", async () => {
		await using routes = await openRoutes();
		const { cookie } = await routes.signIn("ann");
		const stranger = { code: "not-signed-in" };
		expect(await refusalOf(await routes.follow({}))).toMatchObject(stranger);
		expect(await refusalOf(await routes.follow({ cookie: "next-auth.session-token=x" }))).toMatchObject(stranger);
		for (const foreign of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
			const reader = await routes.follow({ cookie, ...foreign });
			expect(await refusalOf(reader)).toMatchObject({ code: "forbidden" });
			expect(itemsOf(reader)).toEqual([]);
		}
	});

	it("begins afresh by a token that this stream never gave, and refuses what is no token", async () => {
		await using routes = await openRoutes();
		const { cookie } = await routes.signIn("ann");
		for (const token of ["9".repeat(20), "-1", `-${"9".repeat(19)}`]) {
			const reader = await routes.follow({ cookie, "last-event-id": token });
			await begins(reader);
			expect([token, itemsOf(reader)[0]?.item.kind]).toEqual([token, "start"]);
			reader.close();
		}
		for (const token of ["canary", "1e3", "0x10", " 1", "9".repeat(21), "__proto__", "1;DROP TABLE users"]) {
			const reader = await routes.follow({ cookie }, { lastEventId: token });
			expect(await refusalOf(reader)).toMatchObject({ code: "bad-input", fields: ["lastEventId"] });
			expect(JSON.stringify(reader.events)).not.toContain(token);
		}
	});

	it("ends within a second of its session's end, whichever process ends that", async () => {
		await using routes = await openRoutes();
		const [laptop, phone] = [await routes.signIn("ann"), await routes.signIn("ann")];
		const [stays, ends] = [
			await routes.follow({ cookie: laptop.cookie }),
			await routes.follow({ cookie: phone.cookie }),
		];
		for (const reader of [stays, ends]) await begins(reader);
		const { rows } = await routes.test.database.pool.query("SELECT id, device_id FROM sessions ORDER BY created_at");
		const viewer = await routes.otherAccounts.resolveSession(rows[0].id);
		if (viewer === undefined) throw new Error("the session does not stand");
		await routes.otherAccounts.revokeDevice(viewer, { deviceId: rows[1].device_id, proof });
		expect(await withinASecond(ends.ended)).toBe("ended");
		expect(await refusalOf(await routes.follow({ cookie: phone.cookie }))).toMatchObject({ code: "session-revoked" });
		expect(await withinASecond(stays.ended)).toBe("open");
		stays.close();
	});

	it("is counted with the sockets of its address, which has as many as it may", async () => {
		await using routes = await openRoutes();
		const { cookie } = await routes.signIn("ann");
		const [crowded, elsewhere] = [
			{ cookie, "x-forwarded-for": "203.0.113.7" },
			{ cookie, "x-forwarded-for": "203.0.113.8" },
		];
		const sockets = await Promise.all(
			Array.from({ length: mostOfAddress - 1 }, () => routes.openSocket(crowded["x-forwarded-for"])),
		);
		const admitted = await routes.follow(crowded);
		await begins(admitted);
		const refused = { code: "too-many-requests", retryAfterMs: expect.any(Number) };
		expect(await refusalOf(await routes.follow(crowded))).toMatchObject(refused);
		// The same by another spelling of the path.
		expect(await refusalOf(await routes.follow(crowded, {}, "/api/trpc/sync%2Esubscribe"))).toMatchObject(refused);
		expect(await routes.openSocket(crowded["x-forwarded-for"])).toBe(429);
		const other = await routes.follow(elsewhere);
		await begins(other);
		// Whoever leaves makes room.
		admitted.close();
		await expect
			.poll(async () => (await routes.openSocket(crowded["x-forwarded-for"])) instanceof WebSocket)
			.toBe(true);
		expect(sockets.every((socket) => socket instanceof WebSocket)).toBe(true);
		other.close();
	});
});
