import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

it("refuses a wrong variable in one line, before anything is opened", () => {
	const folder = join(tmpdir(), `kith-never-made-${process.pid}`);
	const result = spawnSync(process.execPath, ["--import", "tsx", "src/server/main.ts"], {
		encoding: "utf8",
		env: { NODE_ENV: "production", KITH_DATA_DIR: folder, KITH_PORT: "abc" },
	});
	expect(result).toMatchObject({
		status: 1,
		stdout: "",
		stderr: 'KITH_PORT: must be a number between 1 and 65535, got "abc" — example: KITH_PORT=3000\n',
	});
	expect(existsSync(folder)).toBe(false);
});
