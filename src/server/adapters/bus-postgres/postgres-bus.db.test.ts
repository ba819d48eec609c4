import { describe, expect, it } from "vitest";
import { describeBus } from "../../../../tests/contracts/bus-contract.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createTestDatabase, type TestDatabase } from "../../../../tests/setup/test-database.ts";
import type { Poke } from "../../stream/public.ts";
import { openNotifications } from "./notifications.ts";
import { createPostgresBus } from "./postgres-bus.ts";

const openEnd = async (test: TestDatabase) => {
	const notifications = await openNotifications(test.connectionString);
	const bus = await createPostgresBus({ notifications, pool: test.database.pool, log: silentLog });
	const close = async (): Promise<void> => {
		await bus.close();
		await notifications.close();
	};
	return { bus, close };
};

describe("PostgreSQL bus", () => {
	describeBus(async () => {
		const test = await createTestDatabase();
		const [first, second] = await Promise.all([openEnd(test), openEnd(test)]);
		return {
			first: first.bus,
			second: second.bus,
			[Symbol.asyncDispose]: async () => {
				await Promise.all([first.close(), second.close()]);
				await test[Symbol.asyncDispose]();
			},
		};
	});

	it("connects again after its connection was cut, and says that it may have missed something", async () => {
		await using test = await createTestDatabase();
		const end = await openEnd(test);
		const heard = new Promise<Poke>((resolve) => {
			end.bus.subscribe((poke) => {
				if (poke.kind === "resync") resolve(poke);
			});
		});
		await test.database.pool.query(
			"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kith-notifications' AND datname = current_database()",
		);
		expect(await heard).toEqual({ kind: "resync" });
		expect(end.bus.isConnected()).toBe(true);
		await end.close();
	});

	it("tells of very many people of other servers, however long their names, the newest word of each", async () => {
		await using test = await createTestDatabase();
		const [one, two] = [await openEnd(test), await openEnd(test)];
		const heard = new Map<string, boolean>();
		two.bus.subscribe((poke) => {
			if (poke.kind !== "remotePresence") return;
			for (const { userId, isOnline, seenAt } of poke.people) heard.set(userId, isOnline && seenAt === undefined);
		});
		const people = Array.from({ length: 300 }, (_, at) => `@${"\u{1F33B}".repeat(50)}${at}:${"x".repeat(40)}.example`);
		const said = (isOnline: boolean) =>
			people.map((userId) => ({ userId, isOnline, seenAt: isOnline ? undefined : 1_700_000_000_000 }));
		one.bus.publish({ kind: "remotePresence", people: said(false) });
		one.bus.publish({ kind: "remotePresence", people: said(true) });
		await expect.poll(() => [...heard.values()].filter(Boolean).length, { timeout: 10_000 }).toBe(300);
		await Promise.all([one.close(), two.close()]);
	});

	it("tells again what it could not tell", async () => {
		await using test = await createTestDatabase();
		const { pool } = test.database;
		const notifications = await openNotifications(test.connectionString);
		let failures = 2;
		const broken = {
			query: async (...statement: Parameters<typeof pool.query>) => {
				if (failures-- > 0) throw new Error("no connection was free");
				return pool.query(...statement);
			},
		} as typeof pool;
		const bus = await createPostgresBus({ notifications, pool: broken, log: silentLog });
		const heard: Poke[] = [];
		bus.subscribe((poke) => heard.push(poke));
		bus.publish({ kind: "stream", position: 7 });
		await expect.poll(() => heard, { timeout: 10_000 }).toContainEqual({ kind: "stream", position: 7 });
		await bus.close();
		await notifications.close();
	});
});
