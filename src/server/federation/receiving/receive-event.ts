import type { AppendTransaction, RowBatch } from "../../rooms/public.ts";
import { type Judging, judge, storedAs } from "./judge-received.ts";
import type { Received, ReceiveInput } from "./received.ts";
import { receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import { rememberPorts } from "./remembered-ports.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import { stateBefore } from "./state-before.ts";
import { storeReceived } from "./store-received.ts";

/**
 * Checks an event of another server and stores it with what follows from it, in one transaction. Receiving it again
 * changes nothing. What needs the network is asked before the lock is taken; what the room has become meanwhile decides.
 */
export const receiveEvent = async (dependencies: ReceivingDependencies, input: ReceiveInput): Promise<Received> => {
	const { graph, lane } = dependencies;
	const room = await graph.room(input.roomId);
	if (room === undefined) return { kind: "unknownRoom" };
	const ports = rememberPorts(dependencies);
	const first = await judge(graph, room, { input, ports });
	if (!("judged" in first)) return first;
	return lane.submitAlone((transaction, rows) =>
		storeUnderLock(dependencies, { transaction, rows, room, input, ports }),
	);
};

const storeUnderLock = async (
	{ serverName }: ReceivingDependencies,
	work: Judging & {
		readonly transaction: AppendTransaction;
		readonly rows: RowBatch;
		readonly room: GraphRoom;
	},
): Promise<Received> => {
	const { transaction, rows, room, input } = work;
	const { graph } = transaction;
	if (input.entry !== undefined && (await graph.isHere(room.nid))) return { kind: "overtaken" };
	// What was arriving may have arrived.
	const now = room.areMembersArriving ? ((await graph.room(input.roomId)) ?? room) : room;
	const outcome = await judge(graph, now, work);
	if (!("judged" in outcome)) return outcome;
	const { judged, given, known } = outcome;
	const [head] = await transaction.loadRows([input.roomId]);
	if (head === undefined) return { kind: "unknownRoom" };
	const { event } = judged;
	const before = await stateBefore(graph, room, { event, given });
	const { isHistory = false, historyPosition, entry, handedBy } = input;
	const place = { isHistory, historyPosition, entry };
	const arrival = { room, row: head.row, judged, before, known, ...place, handedBy, serverName };
	const { position } = await storeReceived(graph, receivedBatch(rows), arrival);
	return storedAs(judged, position);
};
