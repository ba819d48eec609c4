import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { startEmbeddedPostgres } from "../src/server/adapters/postgres-embedded/start-embedded-postgres.ts";
import { applyMigrations } from "../src/server/adapters/prisma/apply-migrations.ts";
import { openDatabase } from "../src/server/adapters/prisma/open-database.ts";
import type { Log } from "../src/shared/log.ts";

const migrationsFolder = "prisma/migrations";
const schemaFolder = "prisma/schema";
const oneByteType = 18;
/** What follows this line was written by a person and outlives a second run with the same name. */
const byHand = "-- By hand:";

type SchemaEngineModule = typeof import("@prisma/schema-engine-wasm");

const ignore = (): void => undefined;
const log: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

async function main(name: string | undefined): Promise<void> {
	if (name === undefined || !/^\d{4}_[a-z0-9_]+$/.test(name)) {
		process.stderr.write("usage: tsx tools/make-migration.ts NAME, such as 0002_add_media\n");
		process.exitCode = 1;
		return;
	}
	const folder = await realpath(await mkdtemp(join(tmpdir(), "kith-migration-")));
	const target = join(migrationsFolder, name, "migration.sql");
	try {
		const earlier = join(folder, "migrations");
		await mkdir(earlier);
		await cp(migrationsFolder, earlier, { recursive: true, filter: (path) => !path.endsWith(`/${name}`) });
		const sql = await withPostgres(folder, (connectionString) => diffAfter(earlier, connectionString));
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, sql + (await readHandwritten(target)));
		process.stdout.write(`${target}\n`);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function withPostgres<T>(folder: string, use: (connectionString: string) => Promise<T>): Promise<T> {
	const paths = { folder: join(folder, "postgres"), logFile: join(folder, "postgres.log") };
	const postgres = await startEmbeddedPostgres({ ...paths, password: "migration", log });
	try {
		return await use(postgres.connectionString);
	} finally {
		await postgres.stop();
	}
}

/** The statements that lead from the tables of the earlier migrations to those of the schema. */
async function diffAfter(earlier: string, connectionString: string): Promise<string> {
	const database = await openDatabase({ connectionString, poolSize: 1, log });
	await applyMigrations(database.pool, { folder: earlier, log });
	await database.close();
	const names = (await readdir(schemaFolder)).sort();
	const files = await Promise.all(
		names.map(async (file) => ({
			path: join(schemaFolder, file),
			content: await readFile(join(schemaFolder, file), "utf8"),
		})),
	);
	const { SchemaEngine } = await loadSchemaEngine();
	const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
	const pool = new pg.Pool({ connectionString });
	const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapter(pool));
	const engine = await SchemaEngine.new({ datamodels }, ignore, adapter);
	const { stdout } = await engine.diff({
		from: { tag: "schemaDatasource", files, configDir: process.cwd() },
		to: { tag: "schemaDatamodel", files },
		script: true,
		exitCode: null,
		filters: { externalTables: [], externalEnums: [] },
	});
	await pool.end();
	return stdout ?? "";
}

/**
 * The engine reads PostgreSQL's catalogue, which is full of columns of an internal one-byte type. It takes them for
 * characters, but the adapter has no word for them: they pass it as text and are renamed behind it.
 */
class CatalogueAdapter extends PrismaPg {
	readonly #oneByteColumns: ReadonlySet<string>;

	constructor(pool: pg.Pool) {
		const oneByteColumns = new Set<string>();
		const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
		const queryAsText = async (config: pg.QueryConfig): Promise<pg.QueryResult> => {
			const result = await query(config);
			for (const field of result.fields.filter(({ dataTypeID }) => dataTypeID === oneByteType)) {
				oneByteColumns.add(field.name);
				field.dataTypeID = pg.types.builtins.TEXT;
			}
			return result;
		};
		super(Object.assign(pool, { query: queryAsText }));
		this.#oneByteColumns = oneByteColumns;
	}

	override async connect() {
		const adapter = await super.connect();
		const queryRaw = adapter.queryRaw.bind(adapter);
		adapter.queryRaw = async (query) => {
			const result = await queryRaw(query);
			const columnTypes = result.columnTypes.map((type, index) =>
				this.#oneByteColumns.has(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
			);
			return { ...result, columnTypes };
		};
		return adapter;
	}
}

/** Node cannot import a .wasm file by itself yet: this does what the package's entry would. */
async function loadSchemaEngine(): Promise<SchemaEngineModule> {
	const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
	const glue = await import(join(folder, "schema_engine_bg.js"));
	const wasm = await readFile(join(folder, "schema_engine_bg.wasm"));
	const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue });
	glue.__wbg_set_wasm(instance.exports);
	(instance.exports["__wbindgen_start"] as () => void)();
	return glue;
}

async function readHandwritten(file: string): Promise<string> {
	if (!existsSync(file)) return "";
	const text = await readFile(file, "utf8");
	const start = text.indexOf(byHand);
	return start < 0 ? "" : text.slice(start);
}

await main(process.argv[2]);
