import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import type { SqlClient } from "../sql.ts";
import { endFileUses, writeFileUses } from "./file-uses.ts";
import { writeEvents } from "./write-events.ts";
import { writeOutbox } from "./write-outbox.ts";
import { writeReceived } from "./write-received.ts";
import { writeAliases, writeForgotten, writeMoves, writeRedactions, writeRelations } from "./write-relations.ts";
import { foldStateGroups, writeState } from "./write-state.ts";

/** Writes one batch inside the open transaction; each kind of row is one statement, and absent kinds cost nothing. */
export const writeBatch = async (client: SqlClient, batch: RowBatch): Promise<void> => {
	if ((await writeEvents(client, batch)) === undefined) throw new Error("the stream moved under its lock");
	// Before memberships change: who must get an event is who was in the room before it.
	if (batch.outbox.length > 0) await writeOutbox(client, batch);
	if (batch.received !== undefined) await writeReceived(client, batch.received);
	if (batch.stateGroups.length + batch.currentState.size + batch.chainEntries.length + batch.memberships.size > 0)
		await writeState(client, batch);
	if (batch.relations.length > 0) await writeRelations(client, batch);
	if (batch.fileUses.length > 0) await writeFileUses(client, batch);
	if (batch.redactions.length > 0) {
		await writeRedactions(client, batch);
		await endFileUses(client, batch);
	}
	if (batch.aliases.length > 0) await writeAliases(client, batch);
	if (batch.forgotten.length > 0) await writeForgotten(client, batch);
	if (batch.moves.length + batch.movesDone.length > 0) await writeMoves(client, batch);
	await foldStateGroups(client, batch);
};
