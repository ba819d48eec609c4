import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const schemaFolder = join(root, "prisma", "schema");
const stampFile = join(root, "src", "server", "adapters", "prisma", "generated", "schema.sha256");

/** Writes the typed client from prisma/schema, unless the one that is there was made from the same schema. */
export function generatePrisma() {
	const require = createRequire(import.meta.url);
	const stamp = schemaStamp(require("prisma/package.json").version);
	if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
	const result = spawnSync(
		process.execPath,
		[require.resolve("prisma/build/index.js"), "generate", "--no-hints", "--schema", schemaFolder],
		{
			cwd: root,
			encoding: "utf8",
			env: {
				...process.env,
				// `generate` needs no schema engine, but would download one: any program that can be executed satisfies it.
				PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
				PRISMA_HIDE_UPDATE_MESSAGE: "1",
				CHECKPOINT_DISABLE: "1",
			},
		},
	);
	if (result.status !== 0) throw new Error(`prisma generate failed\n${result.stdout}\n${result.stderr}`);
	writeFileSync(stampFile, stamp);
}

function schemaStamp(version) {
	const hash = createHash("sha256").update(version);
	for (const name of readdirSync(schemaFolder).sort())
		hash.update(`\0${name}\0`).update(readFileSync(join(schemaFolder, name)));
	return hash.digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		generatePrisma();
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	}
}
