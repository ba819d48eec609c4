import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	confirmCommand,
	idOf,
	isDisabled,
	openConsole,
	proposeCommand,
	runCommand,
	type TestConsole,
} from "../../../../../tests/setup/test-console.ts";
import type { WireCommand } from "../../../../shared/wire/commands.ts";

let all: TestConsole;
beforeAll(async () => {
	all = await openConsole();
});
afterAll(() => all[Symbol.asyncDispose]());

describe("a proposal", () => {
	const suspend = { name: "people-suspend", person: "cleo" } as const;

	it("changes nothing until its person says so; then it is done, once", async () => {
		const cleo = await all.as("cleo");
		const { proposalId, command, expiresAt, ...shown } = await proposeCommand(all.olive, suspend);
		expect(command).toEqual({ name: "people-suspend", person: idOf("cleo") });
		expect(shown).toMatchObject({ subject: "cleo", count: expect.any(Number) });
		expect(expiresAt - Date.now()).toBeGreaterThan(100_000);
		expect(await isDisabled(all, "cleo")).toBe(false);
		expect(await confirmCommand(all.olive, proposalId, command)).toEqual({ kind: "done", command });
		expect(await isDisabled(all, "cleo")).toBe(true);
		expect((await cleo.get("/api/trpc/accounts.me")).status).toBe(401);
		expect(await runCommand(all.olive, { name: "people-reactivate", person: "cleo" })).toMatchObject({ kind: "done" });
		expect(await confirmCommand(all.olive, proposalId, command)).toBe("proposal-gone");
		expect(await isDisabled(all, "cleo")).toBe(false);
	});

	it("is of one person, one device and one command: anything else is refused and uses it up", async () => {
		const other = { name: "people-suspend", person: idOf("ben") };
		const again = { name: "people-sign-out", person: idOf("cleo") };
		const secondDevice = await all.as("olive");
		const attempts = [
			(id: string, command: WireCommand) => confirmCommand(all.otto, id, command),
			(id: string, command: WireCommand) => confirmCommand(secondDevice, id, command),
			(id: string) => confirmCommand(all.olive, id, other),
			(id: string) => confirmCommand(all.olive, id, again),
			(id: string) => confirmCommand(all.olive, id, suspend),
			(id: string) => confirmCommand(all.olive, id, { name: "people-reactivate", person: idOf("cleo") }),
		];
		for (const attempt of attempts) {
			const { proposalId, command } = await proposeCommand(all.olive, suspend);
			expect(await attempt(proposalId, command)).toBe("proposal-gone");
			expect(await confirmCommand(all.olive, proposalId, command)).toBe("proposal-gone");
		}
		expect([await isDisabled(all, "cleo"), await isDisabled(all, "ben")]).toEqual([false, false]);
	});

	it("is taken up once by eight who try at the same moment", async () => {
		const { proposalId, command } = await proposeCommand(all.olive, { name: "people-sign-out", person: "ben" });
		const answers = await Promise.all(Array.from({ length: 8 }, () => confirmCommand(all.olive, proposalId, command)));
		const done = answers.filter((answer) => typeof answer !== "string");
		expect(done).toHaveLength(1);
		expect(answers.filter((answer) => answer === "proposal-gone")).toHaveLength(7);
	});

	it("ends after its time, with the session, and with the ownership", async () => {
		const late = await proposeCommand(all.olive, suspend);
		await all.pool.query(
			"UPDATE one_time_grants SET expires_at = now() - interval '1 second' WHERE kind = 'console-proposal'",
		);
		expect(await confirmCommand(all.olive, late.proposalId, late.command)).toBe("proposal-gone");
		const taken = await proposeCommand(all.otto, suspend);
		await all.pool.query("UPDATE users SET is_owner = false WHERE localpart = 'otto'");
		expect(await confirmCommand(all.otto, taken.proposalId, taken.command)).toBe("forbidden");
		await all.pool.query("UPDATE users SET is_owner = true WHERE localpart = 'otto'");
		const ended = await proposeCommand(all.otto, suspend);
		await all.pool.query("UPDATE sessions SET revoked_at = now() WHERE user_id = $1", [idOf("otto")]);
		expect(["session-revoked", "not-signed-in"]).toContain(
			await confirmCommand(all.otto, ended.proposalId, ended.command),
		);
		expect(await isDisabled(all, "cleo")).toBe(false);
	});

	it("is made for nobody who is not there, and not about oneself", async () => {
		const count = async () => (await all.pool.query("SELECT count(*) FROM one_time_grants")).rows[0].count;
		const before = await count();
		expect(await runCommand(all.olive, { name: "people-suspend", person: "olive" })).toBe("forbidden");
		expect(await runCommand(all.olive, { name: "people-sign-out", person: "@olive:kith.test" })).toBe("forbidden");
		expect(await runCommand(all.olive, { name: "people-suspend", person: "nobody" })).toBe("user-unknown");
		expect(await runCommand(all.olive, { name: "rooms-close", room: "!none:kith.test" })).toBe("not-found");
		expect(await count()).toBe(before);
	});

	it("leaves neither its secret nor whom it is about in a table, nor what is said in the log", async () => {
		const { proposalId } = await proposeCommand(all.olive, suspend);
		const { rows } = await all.pool.query(
			"SELECT t::text AS row FROM one_time_grants t WHERE kind = 'console-proposal'",
		);
		expect(rows.length).toBeGreaterThan(0);
		expect(JSON.stringify(rows)).not.toContain(proposalId);
		expect(JSON.stringify(rows)).not.toContain("cleo");
		expect(all.test.logLines.join("\n")).not.toContain(proposalId);
	});
});
