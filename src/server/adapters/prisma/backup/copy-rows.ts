import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from, to } from "pg-copy-streams";
import type { ArchivedTable } from "../../../backup/archive/archive-content.ts";
import type { Bytes } from "../../../backup/ports.ts";

/** A table's rows in the text format, which every version of PostgreSQL reads. */
export const copyRowsOut = (client: pg.PoolClient, table: ArchivedTable): Bytes =>
	client.query(to(`COPY ${columnsOf(table)} TO STDOUT`));

export const copyRowsIn = async (client: pg.PoolClient, table: ArchivedTable, content: Bytes): Promise<void> => {
	await pipeline(Readable.from(content), client.query(from(`COPY ${columnsOf(table)} FROM STDIN`)));
};

const columnsOf = ({ name, columns }: ArchivedTable): string =>
	`${pg.escapeIdentifier(name)} (${columns.map(pg.escapeIdentifier).join(", ")})`;
