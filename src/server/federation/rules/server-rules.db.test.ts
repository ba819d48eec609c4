import { describe, expect, it } from "vitest";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerDownloads } from "../../../../federation/ports/peer-downloads.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestDatabase, type TestDatabase } from "../../../../tests/setup/test-database.ts";
import { testRules } from "../../../../tests/setup/test-rules.ts";
import { createMemoryBus } from "../../adapters/bus-memory/memory-bus.ts";
import { openNotifications } from "../../adapters/bus-postgres/notifications.ts";
import { createPostgresBus } from "../../adapters/bus-postgres/postgres-bus.ts";
import { gatedPeers } from "./gated-peers.ts";

const own = "kith.example" as ServerName;
const evil = "evil.example" as ServerName;
const good = "good.example" as ServerName;
const block = (text: string) => ({ text, kind: "block", note: "" }) as const;

/** One process's end of the bus between processes. */
const openBus = async (test: TestDatabase) => {
	const notifications = await openNotifications(test.connectionString);
	const bus = await createPostgresBus({ notifications, pool: test.database.pool, log: silentLog });
	return {
		bus,
		[Symbol.asyncDispose]: async () => {
			await bus.close();
			await notifications.close();
		},
	};
};

const open = async () => {
	const test = await createTestDatabase();
	const bus = createMemoryBus();
	const rules = testRules(own, { pool: test.database.pool, bus });
	await rules.load();
	return { test, bus, rules, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
};

describe("the owner's rules about other servers", { timeout: 60_000 }, () => {
	it("shut out what is blocked, however it spells its name, and everybody else where only some are allowed", async () => {
		await using here = await open();
		const { rules } = here;
		expect(rules.isAllowed(evil)).toBe(true);
		await rules.put(block("Evil.Example:8448"));
		for (const name of ["evil.example", "EVIL.example:443", "evil.example:8448", "evil.example."]) {
			expect([name, rules.isAllowed(name as ServerName)]).toEqual([name, false]);
		}
		await rules.put(block("2001:db8::1"));
		expect(rules.isAllowed("[2001:0DB8:0:0:0:0:0:1]:8448" as ServerName)).toBe(false);
		expect(rules.isAllowed(good)).toBe(true);
		await rules.put({ text: "*.club.example", kind: "allow", note: "friends" });
		expect(rules.isAllowed(good)).toBe(false);
		expect(rules.isAllowed("a.club.example:1" as ServerName)).toBe(true);
		await rules.remove("*.club.example");
		expect(rules.isAllowed(good)).toBe(true);
		expect(rules.read().servers.map(({ pattern, kind }) => [pattern, kind])).toEqual([
			["[2001:db8::1]", "block"],
			["evil.example", "block"],
		]);
		await rules.put({ text: "evil.example", kind: "allow", note: "" });
		expect(rules.isAllowed(evil)).toBe(true);
	});

	it("take no name that is none, nor one that means this server itself", async () => {
		await using here = await open();
		const { rules } = here;
		for (const text of ["", "@ada:evil.example", "kith.example", "KITH.example:8448", "*", "k?th.example"]) {
			await expect(rules.put(block(text))).rejects.toMatchObject({ code: "bad-input" });
		}
		expect(rules.read().servers).toEqual([]);
	});

	it("are heard of by every process, and let nobody in before they are read", async () => {
		await using here = await open();
		const { test, bus, rules } = here;
		const other = testRules(own, { pool: test.database.pool, bus });
		expect(other.isAllowed(good)).toBe(false);
		await other.load();
		expect(other.isAllowed(evil)).toBe(true);
		await rules.put(block("evil.example"));
		await expect.poll(() => other.isAllowed(evil)).toBe(false);
		await other.setInvitationPolicy("nobody");
		await expect.poll(() => rules.invitationPolicy()).toBe("nobody");
	});

	it("are read again in another process, which hears of it over PostgreSQL", async () => {
		await using test = await createTestDatabase();
		const { pool } = test.database;
		await using first = await openBus(test);
		await using second = await openBus(test);
		const [one, other] = [testRules(own, { pool, bus: first.bus }), testRules(own, { pool, bus: second.bus })];
		await Promise.all([one.load(), other.load()]);
		await one.put(block("evil.example"));
		await expect.poll(() => other.isAllowed(evil)).toBe(false);
		expect(other.isAllowed(good)).toBe(true);
		await other.remove("evil.example");
		await expect.poll(() => one.isAllowed(evil)).toBe(true);
		await other.setPresenceShared(true);
		await expect.poll(() => one.isPresenceShared()).toBe(true);

		// What was told while nobody could hear it is not missed.
		const heard = new Promise((resolve) => second.bus.subscribe(({ kind }) => kind === "resync" && resolve(kind)));
		await test.database.pool.query(
			"INSERT INTO server_rules (pattern, kind, note, created_at) VALUES ($1, 'block', '', now())",
			["good.example"],
		);
		await pool.query(
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kith-notifications' AND datname = current_database()",
		);
		await heard;
		await expect.poll(() => other.isAllowed(good)).toBe(false);
	});

	it("keep this server from asking: for keys, pictures, rooms or anything else", async () => {
		await using here = await open();
		const { rules } = here;
		await rules.put(block("evil.example"));
		const asked: string[] = [];
		const peers: PeerTransport & PeerDownloads & PeerStreams = {
			requestLists: async (server) => {
				asked.push(server);
				return { kind: "answered", content: {} };
			},
			request: async (server) => {
				asked.push(server);
				return { kind: "answered", content: {} };
			},
			download: async (server) => {
				asked.push(server);
				return { kind: "unreachable", reason: "connection", detail: "" };
			},
			fetchPublicly: async () => ({ kind: "unreachable", reason: "connection", detail: "" }),
		};
		const gated = gatedPeers(peers, rules);
		const request = { method: "GET", uri: "/_matrix/key/v2/server" } as const;
		const blocked = { kind: "unreachable", reason: "blocked" };
		expect(await gated.request("EVIL.example:8448" as ServerName, request)).toMatchObject(blocked);
		const uri = "/_matrix/federation/v1/media/download/x";
		expect(await gated.download(evil, { uri, maxBytes: 1 } as never)).toMatchObject(blocked);
		const listed = { ...request, lists: [], maxEntries: 1 };
		expect(await gated.requestLists(evil, listed, () => undefined)).toMatchObject(blocked);
		expect(await gated.request(good, request)).toMatchObject({ kind: "answered" });
		expect(asked).toEqual([good]);
	});
});
