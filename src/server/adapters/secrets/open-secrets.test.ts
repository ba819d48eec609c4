import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readEnvironment } from "../../../env.ts";
import { keepServerName } from "./keep-server-name.ts";
import { openSecrets } from "./open-secrets.ts";

let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "kith-secrets-"));
});

afterEach(() => rm(folder, { recursive: true }));

function environmentWith(source: Record<string, string>) {
	const reading = readEnvironment({ KITH_DATA_DIR: folder, ...source });
	if (reading.kind === "refused") throw new Error(reading.lines.join());
	return reading.environment;
}

describe("openSecrets", () => {
	it("makes secrets once, for the owner's eyes only", async () => {
		const made = await openSecrets(folder);
		expect(made.signingKey.seed).toHaveLength(32);
		expect(await openSecrets(folder)).toEqual(made);
		expect((await readdir(folder)).sort()).toEqual(["secrets.json", "signing.key"]);
		for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
	});

	it("makes other secrets for another server", async () => {
		const first = await openSecrets(folder);
		await rm(folder, { recursive: true });
		folder = await mkdtemp(join(tmpdir(), "kith-secrets-"));
		const second = await openSecrets(folder);
		expect(second.authSecret).not.toBe(first.authSecret);
		expect(second.signingKey).not.toEqual(first.signingKey);
	});

	it("closes a file that others could read", async () => {
		await openSecrets(folder);
		await chmod(join(folder, "signing.key"), 0o644);
		await openSecrets(folder);
		expect((await stat(join(folder, "signing.key"))).mode & 0o777).toBe(0o600);
	});

	it("agrees with itself when two starts race", async () => {
		const [first, second] = await Promise.all([openSecrets(folder), openSecrets(folder)]);
		expect(second).toEqual(first);
	});

	it.each(["secrets.json", "signing.key"])("refuses a damaged %s and leaves it as it is", async (name) => {
		await openSecrets(folder);
		await writeFile(join(folder, name), '{"authSecret":');
		await expect(openSecrets(folder)).rejects.toMatchObject({ code: "data-folder" });
		expect(await readFile(join(folder, name), "utf8")).toBe('{"authSecret":');
	});
});

describe("keepServerName", () => {
	it("keeps the first name when only the port changes", async () => {
		expect(await keepServerName(environmentWith({ KITH_PORT: "3000" }))).toBe("localhost:3000");
		expect(await keepServerName(environmentWith({ KITH_PORT: "4000" }))).toBe("localhost:3000");
	});

	it("refuses another name for the same data", async () => {
		await keepServerName(environmentWith({ KITH_SERVER_NAME: "one.example" }));
		await expect(keepServerName(environmentWith({ KITH_SERVER_NAME: "two.example" }))).rejects.toMatchObject({
			code: "configuration",
			message: expect.stringContaining("KITH_SERVER_NAME: must be one.example"),
		});
		expect(await keepServerName(environmentWith({ KITH_SERVER_NAME: "one.example" }))).toBe("one.example");
	});
});
