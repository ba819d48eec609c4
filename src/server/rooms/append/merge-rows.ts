import { noteEnds } from "./ends-rows.ts";
import type { RowBatch } from "./row-batch.ts";

/** Adds the rows of one plan to the batch that will be written. Later rows of the same key replace earlier ones. */
export const mergeRows = (batch: RowBatch, plan: RowBatch): void => {
	for (const nid of plan.newRooms) batch.newRooms.add(nid);
	mergeMap(batch.rooms, plan.rooms);
	for (const [roomNid, change] of plan.ends) noteEnds(batch.ends, roomNid, change);
	mergeMap(batch.currentState, plan.currentState);
	for (const [key, row] of plan.receipts) {
		// Read positions move forward only, also between two jobs of one batch.
		if ((batch.receipts.get(key)?.position ?? Number.NEGATIVE_INFINITY) < row.position) batch.receipts.set(key, row);
	}
	for (const [key, row] of plan.memberships) {
		// Two changes of one person in one batch: the ordinal of the earlier join must survive.
		const joinedOrdinal = row.joinedOrdinal ?? batch.memberships.get(key)?.joinedOrdinal;
		batch.memberships.set(key, { ...row, joinedOrdinal });
	}
	batch.events.push(...plan.events);
	batch.edges.push(...plan.edges);
	batch.stateGroups.push(...plan.stateGroups);
	batch.chainEntries.push(...plan.chainEntries);
	batch.chainLinks.push(...plan.chainLinks);
	batch.relations.push(...plan.relations);
	batch.mentions.push(...plan.mentions);
	batch.redactions.push(...plan.redactions);
	batch.fileUses.push(...plan.fileUses);
	batch.aliases.push(...plan.aliases);
	batch.forgotten.push(...plan.forgotten);
	batch.moves.push(...plan.moves);
	batch.movesDone.push(...plan.movesDone);
	batch.outbox.push(...plan.outbox);
	batch.remoteChanges.push(...plan.remoteChanges);
};

const mergeMap = <Key, Value>(into: Map<Key, Value>, from: ReadonlyMap<Key, Value>): void => {
	for (const [key, value] of from) into.set(key, value);
};
