import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import {
	type Answer,
	confirmCommand,
	idOf,
	isDisabled,
	openConsole,
	proposeCommand,
	runCommand,
	type TestConsole,
} from "../../../../../tests/setup/test-console.ts";
import { commandTable } from "../../../../shared/commands/command-table.ts";

let all: TestConsole;
beforeAll(async () => {
	all = await openConsole();
});
afterAll(() => all[Symbol.asyncDispose]());

const examples: Readonly<Record<string, string | number>> = {
	...{ person: "ben", room: "!none:kith.test", server: "two.example", invite: "0123456789abcdef", report: "1" },
};
const exampleOf = (name: string): Record<string, string | number> => {
	const spec = commandTable.find((one) => one.name === name);
	const needed = spec?.parameters.filter(({ isOptional }) => isOptional !== true) ?? [];
	return { name, ...Object.fromEntries(needed.map((parameter) => [parameter.name, examples[parameter.name] ?? ""])) };
};
const onServer = commandTable.filter(({ where }) => where === "server");

describe("commands", () => {
	it("of the owner are refused to everybody else, proposals too, and all of them to strangers", async () => {
		const ofOwner = onServer.filter(({ who }) => who === "owner");
		expect(ofOwner.length).toBeGreaterThan(20);
		for (const { name } of onServer)
			expect([name, await runCommand(all.stranger, exampleOf(name))]).toEqual([name, "not-signed-in"]);
		for (const { name } of ofOwner) {
			expect([name, await runCommand(all.ann, exampleOf(name))]).toEqual([name, "forbidden"]);
			expect([name, await confirmCommand(all.ann, "x".repeat(32), exampleOf(name))]).toEqual([name, "forbidden"]);
		}
		expect(await isDisabled(all, "ben")).toBe(false);
	});

	it("that are none, or carry more than they take, are bad input", async () => {
		for (const command of [
			{ name: "people-delete" },
			{ name: "help" },
			{ name: "people-list", limit: 1 },
			{},
			"people",
		]) {
			expect(await runCommand(all.olive, command)).toBe("bad-input");
		}
	});

	it("of everybody tell about the server, and about one's own devices alone", async () => {
		expect(await runCommand(all.ann, { name: "about" })).toMatchObject({
			...{ kind: "about", serverName: "kith.test", registration: "open" },
			owners: [{ userId: idOf("olive") }, { userId: idOf("otto") }],
		});
		expect(await runCommand(all.ann, { name: "devices" })).toMatchObject({
			kind: "devices",
			items: [{ isThis: true }],
		});
	});

	it("show people by username, id or a part of their name", async () => {
		for (const person of ["ben", "@ben", "@ben:kith.test", " ben "]) {
			expect(await runCommand(all.olive, { name: "people-show", person })).toMatchObject({
				person: { userId: idOf("ben") },
			});
		}
		for (const person of ["nobody", "@ben:other.example", "ben:other.example", "b en", "@", "\u0000"]) {
			expect([person, await runCommand(all.olive, { name: "people-show", person })]).toEqual([person, "user-unknown"]);
		}
		const listed = await runCommand(all.olive, { name: "people-list" });
		expect(listed).toMatchObject({ kind: "people", hasMore: false });
		expect(listed).toMatchObject({ items: [{ localpart: "ann" }, {}, {}, {}, { localpart: "otto" }] });
		expect(await runCommand(all.olive, { name: "people-list", text: "cle" })).toMatchObject({
			items: [{ localpart: "cleo" }],
		});
	});

	it("make, list and revoke tokens that let somebody in", async () => {
		const made = await runCommand(all.olive, { name: "invites-make", uses: 3, days: 1 });
		const { items } = (await runCommand(all.olive, { name: "invites-list" })) as Extract<Answer, { kind: "invites" }>;
		expect(items).toMatchObject([{ usesAllowed: 3, usesCount: 0 }]);
		expect((items[0]?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(86_000_000);
		expect(JSON.stringify(items)).not.toContain((made as Extract<Answer, { kind: "invite" }>).token);
		const command = { name: "invites-revoke", invite: items[0]?.id ?? "" } as const;
		const { proposalId } = await proposeCommand(all.olive, command);
		expect(await confirmCommand(all.olive, proposalId, command)).toMatchObject({ kind: "done" });
		expect(await runCommand(all.olive, { name: "invites-list" })).toMatchObject({ items: [] });
		expect(await runCommand(all.olive, command)).toBe("not-found");
	});

	it("read and settle reports", async () => {
		await all.ann.postJson("/api/trpc/safety.report", { userId: "@spam:two.example", words: "ten times a day" });
		const { items } = (await runCommand(all.olive, { name: "reports-list" })) as Extract<Answer, { kind: "reports" }>;
		const report = items[0]?.id ?? "";
		expect(await runCommand(all.olive, { name: "reports-show", report })).toMatchObject({
			report: { words: "ten times a day" },
		});
		expect(await runCommand(all.olive, { name: "reports-settle", report })).toMatchObject({ kind: "done" });
		expect(await runCommand(all.olive, { name: "reports-show", report })).toMatchObject({
			report: { settledAt: expect.any(Number) },
		});
		expect(await runCommand(all.olive, { name: "reports-settle", report: "999999" })).toBe("not-found");
	});

	it("block, allow and let go of other servers", async () => {
		const rules = async () => {
			const answer = (await runCommand(all.olive, { name: "servers-rules" })) as Extract<Answer, { kind: "rules" }>;
			return answer.items.map(({ kind, pattern, note }) => [kind, pattern, note]);
		};
		const { proposalId, command } = await proposeCommand(all.olive, {
			...{ name: "servers-block", server: "*.Spam.example:8448", note: "floods" },
		});
		expect(command).toMatchObject({ server: "*.spam.example" });
		expect(await rules()).toEqual([]);
		expect(await confirmCommand(all.olive, proposalId, command)).toMatchObject({ kind: "done" });
		expect(await rules()).toEqual([["block", "*.spam.example", "floods"]]);
		expect(await runCommand(all.olive, { name: "servers-disallow", server: "*.spam.example" })).toBe("not-found");
		expect(await runCommand(all.olive, { name: "servers-unblock", server: "*.spam.example" })).toMatchObject({
			kind: "done",
		});
		expect(await rules()).toEqual([]);
		expect(await runCommand(all.olive, { name: "servers-block", server: "no server/" })).toBe("bad-input");
		const itself = await proposeCommand(all.olive, { name: "servers-block", server: "kith.test" });
		expect(await confirmCommand(all.olive, itself.proposalId, itself.command)).toBe("bad-input");
		expect(await rules()).toEqual([]);
		const retry = { name: "servers-retry", server: "two.example" };
		expect(await runCommand(all.olive, retry)).toBe("not-found");
		await all.pool.query(
			"INSERT INTO destinations (server_name, failures, failing_since, retry_at) VALUES ('two.example', 3, now(), now() + interval '1 hour')",
		);
		expect(await runCommand(all.olive, { name: "servers-list" })).toMatchObject({ items: [{ state: "retrying" }] });
		expect(await runCommand(all.olive, retry)).toMatchObject({ kind: "done" });
		const { rows: after } = await all.pool.query("SELECT failures, retry_at FROM destinations");
		expect(after).toEqual([{ failures: 0, retry_at: null }]);
	});

	it("measure: charts, what things take, and that no backup is known of", async () => {
		const { charts } = (await runCommand(all.olive, { name: "metrics" })) as Extract<Answer, { kind: "charts" }>;
		expect(charts.map(({ chart }) => chart)).toEqual(["messages", "people", "queue"]);
		expect(charts[1]?.points).toHaveLength(14);
		expect(charts[1]?.points.at(-1)).toEqual({ label: new Date().toISOString().slice(0, 10), value: 5 });
		expect(charts[1]?.points.at(-2)?.value).toBe(0);
		expect(await runCommand(all.olive, { name: "metrics", chart: "queue" })).toEqual({
			...{ kind: "charts", charts: [{ chart: "queue", points: [] }] },
		});
		const { parts } = (await runCommand(all.olive, { name: "storage" })) as Extract<Answer, { kind: "storage" }>;
		expect(parts.map(({ part }) => part).sort()).toEqual(
			["accounts", "federation", "keys", "media", "messages", "other", "remoteMedia"].sort(),
		);
		expect([...parts].sort((one, other) => other.bytes - one.bytes)).toEqual(parts);
		expect(await runCommand(all.olive, { name: "backup" })).toEqual({ kind: "backup" });
	});

	it("find rooms by name and id, and close one: everybody is out, and nobody comes back in", async () => {
		const { rooms, inviteLinks } = all.host;
		const create = (name: string, kind: "public" | "group"): Promise<RoomId> =>
			rooms.create({
				...{ creatorId: idOf("ann"), transactionId: kind, kind, name, inviteeIds: [idOf("ben")], encryption: false },
			});
		const garden = await create("Garden", "public");
		const shed = await create("Shed 100%", "group");
		await rooms.join({ userId: idOf("cleo"), room: garden });
		const found = await runCommand(all.olive, { name: "rooms-list", text: "gard" });
		expect(found).toMatchObject({ items: [{ roomId: garden, name: "Garden", joinRule: "public", localCount: 3 }] });
		expect(await runCommand(all.olive, { name: "rooms-list", text: "0%" })).toMatchObject({
			items: [{ roomId: shed }],
		});
		expect(await runCommand(all.olive, { name: "rooms-show", room: garden })).toMatchObject({
			...{ kind: "room", people: [{ userId: idOf("ann") }, { userId: idOf("cleo") }] },
		});
		const link = await inviteLinks.create({
			...{ userId: idOf("ann"), isServerOwner: false, roomId: garden, bringsNewPeople: false },
		});
		const { proposalId, command, ...shown } = await proposeCommand(all.olive, { name: "rooms-close", room: garden });
		expect(shown).toMatchObject({ subject: "Garden", count: 3 });
		expect(await confirmCommand(all.olive, proposalId, command)).toMatchObject({
			kind: "done",
			count: 3,
			isShut: true,
		});
		expect(await runCommand(all.olive, { name: "rooms-show", room: garden })).toBe("not-found");
		const left = await all.pool.query(
			"SELECT m.user_id, m.membership FROM memberships m JOIN rooms r ON r.nid = m.room_nid WHERE r.id = $1 AND m.membership <> 'leave'",
			[garden],
		);
		expect(left.rows).toEqual([]);
		for (const name of ["ann", "cleo", "ben"]) {
			await expect(rooms.join({ userId: idOf(name), room: garden })).rejects.toMatchObject({ code: "forbidden" });
		}
		const byLink = inviteLinks.join({ userId: idOf("cleo"), token: link.token });
		await expect(byLink).rejects.toMatchObject({ code: "invite-link-invalid" });
		expect(await runCommand(all.olive, { name: "rooms-list" })).toMatchObject({ items: [{ roomId: shed }] });
	});

	it("say where nobody of this server may shut a room that they close", async () => {
		const { rooms } = all.host;
		const creatorId = idOf("ann");
		const roomId = await rooms.create({
			...{ creatorId, transactionId: "square", kind: "public", name: "Square", inviteeIds: [], encryption: false },
		});
		await rooms.join({ userId: idOf("ben"), room: roomId });
		await rooms.leave({ userId: creatorId, roomId });
		const { proposalId, command } = await proposeCommand(all.olive, { name: "rooms-close", room: roomId });
		const closed = await confirmCommand(all.olive, proposalId, command);
		expect(closed).toMatchObject({ kind: "done", count: 1, isShut: false });
		expect(await runCommand(all.olive, { name: "rooms-show", room: roomId })).toBe("not-found");
	});
});
