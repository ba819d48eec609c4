import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { runKith } from "../../../tests/setup/run-kith.ts";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";
import { controlChannelName, parseControlMessage } from "../accounts/public.ts";

async function startOperator(target: "DATABASE_URL" | "running server") {
	const test = await createTestAccounts();
	const folder = await mkdtemp(join(tmpdir(), "kith-cli-"));
	const connectionString = test.connectionString;
	const isNamed = target === "DATABASE_URL";
	if (!isNamed) {
		await mkdir(join(folder, "run"));
		await writeFile(join(folder, "run", "database.json"), JSON.stringify({ connectionString }), { mode: 0o600 });
	}
	const variables = {
		KITH_DATA_DIR: folder,
		KITH_SERVER_NAME: "kith.test",
		DATABASE_URL: isNamed ? connectionString : "",
	};
	return {
		test,
		kith: (args: readonly string[], input = "") => runKith(args, input, variables),
		[Symbol.asyncDispose]: async () => {
			await test[Symbol.asyncDispose]();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const signIn = (username: string, password: string) => ({ username, password, deviceName: "", address: "a" });

describe("operator commands beside a running server", () => {
	it("make accounts and tokens that the server knows at once", async () => {
		await using all = await startOperator("running server");
		const { test, kith } = all;
		const owner = await kith(["user", "add", "olive", "--owner", "--display-name", "Olive"]);
		expect(owner).toMatchObject({ code: 0, err: "" });
		const password = /^made @olive:kith\.test\npassword: (\S+)\n$/.exec(owner.out)?.[1] ?? "";
		expect(await test.accounts.signIn(signIn("olive", password))).toMatchObject({ isOwner: true });

		const given = await kith(["user", "add", "ann", "--password-stdin"], `${testPassword}\n`);
		expect(given).toEqual({ code: 0, out: "made @ann:kith.test\n", err: "" });
		await expect(test.accounts.signIn(signIn("ann", testPassword))).resolves.toBeDefined();

		const token = /^token: (\S+)\n$/.exec((await kith(["token", "create", "--expires-in", "1h"])).out)?.[1] ?? "";
		const registration = { localpart: "ben", displayName: "Ben", password: testPassword, registrationToken: token };
		await expect(test.another("token").register({ ...registration, address: "a" })).resolves.toBeDefined();

		const list = await kith(["user", "list"]);
		expect(list.out.split("\n").map((line) => line.split("\t")[0])).toEqual([
			...["@ann:kith.test", "@ben:kith.test", "@olive:kith.test", ""],
		]);
		expect((await kith(["stats"])).out).toMatch(/^accounts\t3\ndisabled accounts\t0\nactive sessions\t2\n/);
	});

	it("end sessions, and tell every process that listens", async () => {
		await using all = await startOperator("DATABASE_URL");
		const { test, kith } = all;
		await test.addPerson("ann");
		const viewer = await test.accounts.signIn(signIn("ann", testPassword));
		const listener = new pg.Client({ connectionString: test.connectionString });
		await listener.connect();
		const heard = new Promise((resolve) => {
			listener.on("notification", ({ payload }) => resolve(parseControlMessage(payload ?? "")));
		});
		await listener.query(`LISTEN ${controlChannelName}`);
		expect(await kith(["user", "disable", "@ann:kith.test"])).toMatchObject({ code: 0, err: "" });
		expect(await heard).toEqual({ kind: "sessions-revoked", userId: "@ann:kith.test" });
		await listener.end();
		expect(await test.accounts.resolveSession(viewer.sessionId)).toBeUndefined();
		expect((await kith(["user", "enable", "ann"])).code).toBe(0);
		const reset = await kith(["user", "reset-password", "ann"]);
		const password = /password: (\S+)/.exec(reset.out)?.[1] ?? "";
		await expect(test.accounts.signIn(signIn("ann", password))).resolves.toBeDefined();
	});

	it("refuse in one line what cannot be done", async () => {
		await using all = await startOperator("DATABASE_URL");
		const { kith } = all;
		const refusals = [
			await kith(["user", "disable", "nobody"]),
			await kith(["user", "add", "Ann"]),
			await kith(["user", "add", "ann", "--password-stdin"], "short\n"),
			await kith(["user", "add", "ann", "--password-stdin"]),
			await kith(["token", "create", "--uses", "many"]),
		];
		for (const { code, out, err } of refusals) {
			expect(code).toBeGreaterThan(0);
			expect(out).toBe("");
			expect(err).toMatch(/^[^\n]+\n$/);
			expect(err).not.toMatch(/short\b|something broke|kith\.mjs/);
		}
		expect(await all.test.database.prisma.user.count()).toBe(0);
	});

	it("leave alone a database that the server has not made its own", async () => {
		await using all = await startOperator("DATABASE_URL");
		await all.test.database.pool.query("DELETE FROM _prisma_migrations");
		const answer = await all.kith(["user", "add", "ann"]);
		expect(answer).toMatchObject({ code: 1, out: "", err: expect.stringContaining("start the server once") });
		expect(await all.test.database.prisma.user.count()).toBe(0);
	});

	it("say when the named database does not answer, without naming its password", async () => {
		const answer = await runKith(["stats"], "", { DATABASE_URL: "postgres://kith:canary@127.0.0.1:1/kith" });
		expect(answer).toEqual({
			code: 1,
			out: "",
			err: "the database that DATABASE_URL names does not answer\n",
		});
	});
});
