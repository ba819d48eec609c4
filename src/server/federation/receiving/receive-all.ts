import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import { foundationsOf } from "../../../../federation/events/foundations-of.ts";
import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { AppendTransaction, ReceivedTransactionRow, RoomRow, RowBatch } from "../../rooms/public.ts";
import { checkSignaturesAhead } from "./check-signatures-ahead.ts";
import { groupsAfter } from "./graph-stores.ts";
import { judge, storedAs } from "./judge-received.ts";
import { receiveEvent } from "./receive-event.ts";
import type { Received, ReceiveInput } from "./received.ts";
import { type ReceivedBatch, receivedBatch } from "./received-batch.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import type { RememberedPorts } from "./remembered-ports.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import { createRunGraph, type RunGraph } from "./run-graph.ts";
import { stateBefore } from "./state-before.ts";
import { storeReceived } from "./store-received.ts";

/** The lane is held for so many at a time: others write in between. */
const longestRun = 100;

/** A message that may go into a run. */
interface Runner {
	readonly at: number;
	readonly input: ReceiveInput;
	readonly room: GraphRoom;
	readonly event: RoomEvent;
}

/**
 * Receives events of any rooms in this order, as one by one: but messages that follow each other are checked in memory
 * and stored in one transaction. What is no plain message on top of what is known (state, redactions, what meets other
 * branches or fills a gap) goes by itself, and the later events of its room after it.
 */
export const receiveAll = async (
	dependencies: ReceivingDependencies,
	inputs: readonly ReceiveInput[],
): Promise<readonly Received[]> => {
	const runners = await plainMessages(dependencies, inputs);
	const ports = await checkSignaturesAhead(
		dependencies,
		runners.flatMap((runner) => (runner === undefined ? [] : { event: runner.event, version: runner.room.version })),
	);
	const answers: Received[] = [];
	for (const [at, input] of inputs.entries()) {
		if (answers[at] !== undefined) continue;
		const run = runFrom(runners, { at, answers });
		if (run.length > 0)
			for (const [index, received] of await receiveRun(dependencies, run, ports)) answers[index] = received;
		answers[at] ??= await receiveEvent(dependencies, input);
	}
	return answers;
};

/**
 * Receives what of a transaction are plain messages on top of what is known, and stores the transaction itself with them,
 * in one commit: `transactionOf` is given the places that could not be judged and still wait. The answers by place;
 * undefined, and nothing is stored: none of it can be judged at once.
 */
export const receiveAtOnce = async (
	dependencies: ReceivingDependencies,
	inputs: readonly ReceiveInput[],
	transactionOf: (waiting: readonly number[]) => ReceivedTransactionRow,
): Promise<ReadonlyMap<number, Received> | undefined> => {
	const runners = await plainMessages(dependencies, inputs);
	// What else there is of a room may come before its messages.
	const mixed = new Set(inputs.filter((_, at) => runners[at] === undefined).map(({ roomId }) => roomId));
	const run = runners.flatMap((runner) => (runner === undefined || mixed.has(runner.input.roomId) ? [] : [runner]));
	if (run.length === 0) return undefined;
	const ports = await checkSignaturesAhead(
		dependencies,
		run.map(({ event, room: { version } }) => ({ event, version })),
	);
	return dependencies.lane.submitAlone(async (transaction, rows) => {
		const answers = await storeRun(dependencies, { transaction, rows, run, ports });
		const settled = new Map(
			[...answers].filter(([, received]) => received.kind !== "dropped" || !received.isTransient),
		);
		const waiting = [...inputs.keys()].filter((at) => !settled.has(at));
		receivedBatch(rows).received.transaction = transactionOf(waiting);
		return settled;
	});
};

/** By place; undefined: it goes by itself. */
const plainMessages = async (
	dependencies: ReceivingDependencies,
	inputs: readonly ReceiveInput[],
): Promise<readonly (Runner | undefined)[]> => {
	const rooms = await knownRooms(dependencies, inputs);
	return inputs.map((input, at) => {
		const room = rooms.get(input.roomId);
		// A policy server is asked over the network, event by event; while members arrive, what may be judged can change.
		if (room === undefined || room.namesPolicyServer || room.areMembersArriving || !isBare(input)) return undefined;
		const parsed = parseEvent(input.pdu, room.version);
		return parsed.kind === "refused" || !isPlain(parsed.event) ? undefined : { at, input, room, event: parsed.event };
	});
};

const knownRooms = async (
	{ graph }: ReceivingDependencies,
	inputs: readonly ReceiveInput[],
): Promise<ReadonlyMap<RoomId, GraphRoom>> => {
	const rooms = new Map<RoomId, GraphRoom>();
	for (const roomId of new Set(inputs.map((input) => input.roomId))) {
		const room = await graph.room(roomId);
		if (room !== undefined) rooms.set(roomId, room);
	}
	return rooms;
};

/** The plain messages that follow each other from here, without those that are answered. */
const runFrom = (
	runners: readonly (Runner | undefined)[],
	{ at, answers }: { readonly at: number; readonly answers: readonly (Received | undefined)[] },
): readonly Runner[] => {
	const run: Runner[] = [];
	for (let next = at; next < runners.length && run.length < longestRun; next += 1) {
		const runner = runners[next];
		if (answers[next] !== undefined) continue;
		if (runner === undefined) break;
		run.push(runner);
	}
	return run;
};

const isBare = ({ stateBefore: given, isHistory, handedBy }: ReceiveInput): boolean =>
	given === undefined && isHistory !== true && handedBy === undefined;

const isPlain = (event: RoomEvent): boolean => !isStateEvent(event) && event.type !== "m.room.redaction";

/** The answers by place; those that are left out must be received by themselves, in their order. */
const receiveRun = (
	dependencies: ReceivingDependencies,
	run: readonly Runner[],
	ports: RememberedPorts,
): Promise<ReadonlyMap<number, Received>> =>
	dependencies.lane.submitAlone((transaction, rows) => storeRun(dependencies, { transaction, rows, run, ports }));

interface OpenRun {
	readonly transaction: AppendTransaction;
	readonly rows: RowBatch;
	readonly run: readonly Runner[];
	readonly ports: RememberedPorts;
}

const storeRun = async (
	dependencies: ReceivingDependencies,
	{ transaction, rows, run, ports }: OpenRun,
): Promise<ReadonlyMap<number, Received>> => {
	const graph = createRunGraph(transaction.graph, new Map(run.map(({ input, room }) => [input.roomId, room])));
	const batch = receivedBatch(rows);
	await graph.preload(run.flatMap(({ event }) => [event.eventId, ...event.prevEvents, ...foundationsOf(event)]));
	const asked = run.map(({ event, room }) => ({ roomNid: room.nid, eventId: event.eventId }));
	const awaited = await graph.awaited(asked);
	const heads = await transaction.loadRows([...new Set(run.map(({ input }) => input.roomId))]);
	const roomRows = new Map(heads.map(({ row }) => [row.nid, row]));
	for (const { row, stateHeight } of heads) {
		if (row.stateGroupId === undefined) continue;
		graph.notePresent(row.roomId, { id: row.stateGroupId, height: stateHeight });
	}
	const answers = new Map<number, Received>();
	const left = new Set<number>();
	for (const runner of run) {
		const { room, event } = runner;
		const row = rows.rooms.get(room.nid) ?? roomRows.get(room.nid);
		const isLeft = left.has(room.nid) || awaited.has(event.eventId) || row === undefined;
		const stored = isLeft ? undefined : await storeRunner(dependencies, { graph, batch, runner, row, ports });
		if (stored !== undefined) answers.set(runner.at, stored.received);
		// What the run's graph knows of the present is from before: a message may bring an old state beside it.
		if (stored === undefined || stored.hasMovedPresent) left.add(room.nid);
	}
	return answers;
};

/** Undefined: it is no plain message on top of what is known. */
const storeRunner = async (
	{ serverName }: ReceivingDependencies,
	open: {
		readonly graph: RunGraph;
		readonly batch: ReceivedBatch;
		readonly runner: Runner;
		readonly row: RoomRow;
		readonly ports: RememberedPorts;
	},
): Promise<{ readonly received: Received; readonly hasMovedPresent: boolean } | undefined> => {
	const { graph, batch, runner, row, ports } = open;
	const { input, room, event: given } = runner;
	const groups = await groupsAfter(graph, room.nid, given);
	if (groups?.length !== 1) return undefined;
	// What it covers is looked up in the database, where the run's own events are not yet.
	const previous = await graph.find(given.prevEvents);
	if ([...previous.values()].some(({ status }) => status !== "accepted")) return undefined;
	const outcome = await judge(graph, room, { input, ports });
	if (!("judged" in outcome)) {
		return outcome.kind === "incomplete" ? undefined : { received: outcome, hasMovedPresent: false };
	}
	const { judged, known } = outcome;
	if (known !== undefined) return undefined;
	const before = await stateBefore(graph, room, { event: judged.event, given: undefined });
	const arrival = {
		room,
		row,
		judged,
		before,
		known,
		isHistory: false,
		historyPosition: undefined,
		entry: undefined,
		handedBy: undefined,
		serverName,
	};
	const { nid, position, stateGroupId, event, endsChange, hasMovedPresent } = await storeReceived(
		graph,
		batch,
		arrival,
	);
	const placed = { nid, roomNid: room.nid, event, status: judged.kind, position, stateGroupId, isRedacted: false };
	graph.add(placed, endsChange);
	return { received: storedAs(judged, position), hasMovedPresent };
};
