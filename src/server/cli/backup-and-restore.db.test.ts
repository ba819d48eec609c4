import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runKith } from "../../../tests/setup/run-kith.ts";
import { createTestAccounts } from "../../../tests/setup/test-accounts.ts";
import { openSecrets } from "../adapters/secrets/open-secrets.ts";

const passphrase = "several words nobody knows";

it("kith backup and kith restore make the same server anew in an empty folder", async () => {
	await using test = await createTestAccounts();
	await test.addPerson("ann");
	const root = await realpath(await mkdtemp(join(tmpdir(), "kith-cli-")));
	onTestFinished(() => rm(root, { recursive: true, force: true }));
	const [dataFolder, restored, file] = [join(root, "data"), join(root, "restored"), join(root, "backup.kith")];
	await mkdir(join(dataFolder, "run"), { recursive: true });
	await openSecrets(dataFolder);
	await writeFile(join(dataFolder, "server-name"), "kith.test\n");
	const running = { connectionString: test.connectionString };
	await writeFile(join(dataFolder, "run", "database.json"), JSON.stringify(running), { mode: 0o600 });
	const on = (folder: string, more: Record<string, string> = {}) => ({
		...{ KITH_DATA_DIR: folder, DATABASE_URL: "", KITH_SERVER_NAME: "", KITH_BACKUP_PASSPHRASE: "" },
		...more,
	});

	const backup = await runKith(["backup", file], `${passphrase}\n`, on(dataFolder));
	expect(backup).toMatchObject({ code: 0, err: "", out: expect.stringContaining(`backed up to ${file}\n`) });
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	const noted = JSON.parse(await readFile(join(dataFolder, "last-backup.json"), "utf8"));
	expect(noted).toEqual({ finishedAt: expect.any(Number), sizeBytes: (await stat(file)).size });

	const refused = await runKith(["restore", file], "another passphrase\n", on(restored));
	expect(refused).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^the passphrase is not [^\n]+\n$/) });
	await expect(stat(restored)).rejects.toMatchObject({ code: "ENOENT" });

	const restore = await runKith(["restore", file], "", on(restored, { KITH_BACKUP_PASSPHRASE: passphrase }));
	expect(restore).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^restored kith\.test as it was at /) });
	for (const name of ["signing.key", "secrets.json", "server-name"]) {
		expect(await readFile(join(restored, name), "utf8")).toBe(await readFile(join(dataFolder, name), "utf8"));
	}
	const list = await runKith(["user", "list"], "", on(restored));
	expect(list).toMatchObject({ code: 0, out: expect.stringMatching(/^@ann:kith\.test\t/) });

	const again = await runKith(["restore", file], "", on(restored, { KITH_BACKUP_PASSPHRASE: passphrase }));
	expect(again).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^[^\n]+ is not empty: [^\n]+\n$/) });
	// A server that has stopped is backed up as well: the command starts its database.
	const stopped = await runKith(["backup", `${file}.2`], `${passphrase}\n`, on(restored));
	expect(stopped).toMatchObject({ code: 0, err: expect.stringMatching(/^no server runs on /) });
	const nowhere = await runKith(["backup", `${file}.3`], `${passphrase}\n`, on(join(root, "nowhere")));
	expect(nowhere).toMatchObject({ code: 1, err: expect.stringMatching(/^[^\n]+KITH_DATA_DIR\n$/) });
	await expect(stat(join(root, "nowhere"))).rejects.toMatchObject({ code: "ENOENT" });
}, 180_000);
