import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { Log } from "../../../shared/log.ts";
import { PrismaClient } from "./generated/client.ts";

/** One pool of connections, used by raw statements and by the typed client alike. */
export interface Database {
	readonly pool: pg.Pool;
	readonly prisma: PrismaClient;
	/** Lets running statements finish, then closes every connection. */
	close(): Promise<void>;
}

export interface DatabaseOptions {
	readonly connectionString: string;
	/** How many connections at most. */
	readonly poolSize: number;
	readonly log: Log;
}

const connectTimeoutMs = 5_000;
const int8 = 20;
const int8Array = 1016;

/** Opens the database; fails when no connection can be made. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
	const pool = new pg.Pool({
		connectionString: options.connectionString,
		max: options.poolSize,
		connectionTimeoutMillis: connectTimeoutMs,
		idleTimeoutMillis: 60_000,
		keepAlive: true,
		application_name: "kith",
		types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
	});
	// An idle connection that breaks is replaced by the pool; without a listener it would end the process.
	pool.on("error", (err) => {
		if (!pool.ending) options.log.warn({ err }, "a database connection broke");
	});
	// The pool listens only while a connection is idle. One that breaks between two statements of a transaction fails the
	// next statement; without a listener of its own it would end the process first.
	pool.on("connect", (client) => client.on("error", () => undefined));
	try {
		(await pool.connect()).release();
	} catch (error) {
		await pool.end();
		throw error;
	}
	const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });
	return {
		pool,
		prisma,
		close: async () => {
			await prisma.$disconnect();
			await pool.end();
		},
	};
}

/** Its declaration knows the identifiers of single values only. */
const parserByOid = pg.types.getTypeParser as (oid: number, format?: string) => (text: string) => (string | null)[];

function parserOf(oid: number, format?: "text" | "binary"): unknown {
	if (oid === int8 && format !== "binary") return parseInt8;
	if (oid === int8Array && format !== "binary") return parseInt8Array;
	return parserByOid(oid, format);
}

/** Positions, event numbers and depths stay below 2^53: a bigger one must not lose its last digits unnoticed. */
function parseInt8(text: string): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value)) throw new RangeError("an integer of the database is beyond 2^53");
	return value;
}

function parseInt8Array(text: string): (number | null)[] {
	return parserByOid(int8Array, "text")(text).map((value) => (value === null ? null : parseInt8(value)));
}
