import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const tests = "test.{ts,tsx}";
const everywhere = [`federation/**/*.${tests}`, `src/**/*.${tests}`, `tests/**/*.${tests}`];
const elsewhere = ["**/node_modules/**", "**/.next/**", "build/**"];

/** Where the built server runs and real processes are killed, one file at a time. */
const killing = [
	`tests/durability/**/*.db.${tests}`,
	`src/server/adapters/postgres-embedded/start-embedded-postgres.db.${tests}`,
];

export default defineConfig({
	resolve: {
		alias: [
			{ find: /^@\//, replacement: fileURLToPath(new URL("./src/", import.meta.url)) },
			{ find: /^@federation\//, replacement: fileURLToPath(new URL("./federation/", import.meta.url)) },
		],
	},
	test: {
		// Two cores are the smallest machine that has to run all of this; more workers that compute only fight each other there.
		maxWorkers: 2,
		restoreMocks: true,
		projects: [
			{
				extends: true,
				test: {
					name: "unit",
					include: everywhere,
					exclude: [...elsewhere, `**/*.db.${tests}`, `**/*.web.${tests}`],
					testTimeout: 30_000,
				},
			},
			{
				extends: true,
				test: {
					name: "db",
					include: everywhere.map((pattern) => pattern.replace(`.${tests}`, `.db.${tests}`)),
					exclude: [...elsewhere, ...killing],
					globalSetup: ["tests/setup/database.ts"],
					pool: "forks",
					// Each test has a database of its own; loading the server anew for each file would take a third of the time.
					isolate: false,
					// Half of the time they wait for PostgreSQL.
					maxWorkers: 3,
					testTimeout: 60_000,
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					name: "durability",
					include: killing,
					exclude: elsewhere,
					pool: "forks",
					// Real server processes, killed over and over: one file at a time.
					fileParallelism: false,
					testTimeout: 180_000,
					hookTimeout: 180_000,
				},
			},
			{
				extends: true,
				test: {
					name: "interop",
					include: ["tests/interop/**/*.interop.ts"],
					exclude: elsewhere,
					pool: "forks",
					// Whole servers that talk to each other: one file at a time.
					fileParallelism: false,
					testTimeout: 120_000,
					hookTimeout: 120_000,
				},
			},
			{
				extends: true,
				test: {
					name: "ollama",
					include: ["tests/ollama/**/*.ollama.ts"],
					exclude: elsewhere,
					globalSetup: ["tests/setup/database.ts"],
					pool: "forks",
					// One model on one machine.
					fileParallelism: false,
					testTimeout: 180_000,
				},
			},
			{
				extends: true,
				test: {
					name: "tools",
					include: [`tools/**/*.${tests}`],
					exclude: elsewhere,
					pool: "forks",
					// These start the real checkers on planted violations.
					testTimeout: 180_000,
					hookTimeout: 180_000,
				},
			},
		],
	},
});
