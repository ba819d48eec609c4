import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import type { AppendTransaction, PlacedState, RowBatch, StatePlace } from "../../rooms/public.ts";
import { projectPresent } from "../receiving/project-present.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import type { MembersDependencies } from "./members-dependencies.ts";
import type { ArrivingRoom } from "./ports.ts";

/** The lane is held for so many at a time: others write in between. */
const chunkSize = 500;

type Piece = readonly [StateMapKey, StatePlace];

/**
 * Puts what was missing into the state after the join. All later states are differences from it, so that it is in them too;
 * what they set since holds. The present state gets it where nothing else is set. Doing it again changes nothing.
 */
export const addMembers = async (
	dependencies: MembersDependencies,
	room: ArrivingRoom,
	{ known, given }: { readonly known: PlacedState; readonly given: PlacedState },
): Promise<void> => {
	const missing = [...given].filter(([key]) => !known.has(key));
	for (let at = 0; at < missing.length; at += chunkSize) {
		const chunk = missing.slice(at, at + chunkSize);
		await dependencies.lane.submitAlone((transaction, rows) =>
			addChunk(dependencies, { transaction, rows, room, chunk }),
		);
	}
};

const addChunk = async (
	{ serverName }: MembersDependencies,
	work: {
		readonly transaction: AppendTransaction;
		readonly rows: RowBatch;
		readonly room: ArrivingRoom;
		readonly chunk: readonly Piece[];
	},
): Promise<void> => {
	const { transaction, rows, room, chunk } = work;
	const [head] = await transaction.loadHeads([room.roomId]);
	if (head?.areMembersArriving !== true) return;
	const batch = receivedBatch(rows);
	for (const [, { nid }] of chunk) batch.received.stateEntries.push({ groupId: room.joinGroupId, eventNid: nid });
	const present = await transaction.graph.currentState(
		room.roomId,
		chunk.map(([key]) => key),
	);
	const changes = new Map(chunk.filter(([key]) => !present.has(key)));
	// Whoever remembers the room reads it anew.
	rows.position += 1;
	const row = await projectPresent(transaction.graph, batch, {
		row: head.row,
		event: undefined,
		changes,
		serverName,
	});
	rows.rooms.set(room.roomNid, { ...row, headPosition: rows.position });
};
