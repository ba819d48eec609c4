import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import type { SqlClient } from "../sql.ts";
import { writeEvents, writeRooms } from "./write-events.ts";
import { writeAliases, writeForgotten, writeOutbox, writeRedactions, writeRelations } from "./write-relations.ts";
import { foldStateGroups, writeState } from "./write-state.ts";

/** Writes one batch inside the open transaction; each kind of row is one statement, and absent kinds cost nothing. */
export const writeBatch = async (client: SqlClient, batch: RowBatch): Promise<void> => {
	const statements: Promise<void>[] = [writeRooms(client, batch), writeEvents(client, batch)];
	if (batch.stateGroups.length > 0) statements.push(writeState(client, batch));
	if (batch.relations.length > 0) statements.push(writeRelations(client, batch));
	if (batch.redactions.length > 0) statements.push(writeRedactions(client, batch));
	if (batch.aliases.length > 0) statements.push(writeAliases(client, batch));
	if (batch.forgotten.length > 0) statements.push(writeForgotten(client, batch));
	if (batch.outbox.length > 0) statements.push(writeOutbox(client, batch));
	// One connection runs them in this order; all are sent before the first answer is awaited.
	await Promise.all(statements);
	await foldStateGroups(client, batch);
};
