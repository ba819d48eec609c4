import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runKith } from "../../../tests/setup/run-kith.ts";
import { openSecrets } from "../adapters/secrets/open-secrets.ts";
import { lockDataFolder } from "../process/data-lock.ts";

let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "kith-key-"));
});

afterEach(() => rm(folder, { recursive: true }));

const rotate = () => runKith(["key", "rotate"], "", { KITH_DATA_DIR: folder, DATABASE_URL: "" });

it("puts another signing key in the place of a stopped server's", async () => {
	const { signingKey } = await openSecrets(folder);
	await writeFile(join(folder, "server-name"), "kith.test\n");
	const answer = await rotate();
	const after = await openSecrets(folder);
	expect(answer).toMatchObject({ code: 0, err: "" });
	expect(answer.out).toContain(`signing key: ${after.signingKey.keyId}, in the place of ${signingKey.keyId}\n`);
	expect(after.retiredKeys.map(({ keyId }) => keyId)).toEqual([signingKey.keyId]);
});

it("refuses in one line while a server runs, and changes nothing", async () => {
	const before = await openSecrets(folder);
	await writeFile(join(folder, "server-name"), "kith.test\n");
	const lock = await lockDataFolder(folder);
	try {
		expect(await rotate()).toEqual({
			code: 1,
			out: "",
			err: `another Kith (process ${process.pid}) is running on ${folder}\n`,
		});
	} finally {
		await lock.release();
	}
	expect(await openSecrets(folder)).toEqual(before);
});

it("refuses a folder in which no server has been, and makes none", async () => {
	const answer = await rotate();
	expect(answer).toMatchObject({ code: 1, out: "", err: expect.stringContaining("KITH_DATA_DIR") });
	expect((await readdir(folder)).filter((name) => !name.startsWith("lock."))).toEqual([]);
});
