import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { AppendTransaction, RowBatch } from "../../rooms/public.ts";
import { endRumours } from "../receiving/end-rumours.ts";
import { resolvePresent } from "../receiving/move-present.ts";
import { projectPresent } from "../receiving/project-present.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import { bringStateBefore, type NotGiven } from "../transactions/bring-state.ts";
import { addMembers } from "./add-members.ts";
import { fitsWhatIsKnown } from "./fits-what-is-known.ts";
import { type JudgedAgain, judgeAgain } from "./judge-again.ts";
import type { MembersDependencies } from "./members-dependencies.ts";
import type { ArrivingRoom } from "./ports.ts";
import { restoreDeleted } from "./restore-deleted.ts";

/** What became of it. `detail` is for the log and the owner, in plain words. */
export type Completion =
	| { readonly kind: "complete" }
	/** Nobody of this server is in the room any more, or all members are known. */
	| { readonly kind: "over" }
	| {
			readonly kind: "failed";
			readonly server: ServerName | undefined;
			readonly rule: string;
			readonly detail: string;
	  };

/** So many servers are asked in one attempt. */
const serversAtOnce = 3;

/**
 * Brings what is missing of a room's state: the memberships that were left out when it was joined. The server through which
 * it was joined is asked, then others; what was stored is not asked for again by the next attempt.
 */
export const completeRoom = async (dependencies: MembersDependencies, roomId: RoomId): Promise<Completion> => {
	const { arriving, graph } = dependencies;
	const room = await arriving.room(roomId);
	if (room === undefined) return { kind: "over" };
	if (!(await graph.isHere(room.roomNid))) {
		await arriving.forget(room.roomNid);
		return { kind: "over" };
	}
	let failure: Completion = { kind: "failed", server: undefined, rule: "MEM-ARRIVING", detail: "nobody can be asked" };
	for (const server of serversFor(room)) {
		const tried = await completeThrough(dependencies, room, server);
		if (tried.kind !== "failed") return tried;
		failure = tried;
	}
	return failure;
};

/** The first always; of the others each attempt asks others. */
const serversFor = ({ servers, attempts }: ArrivingRoom): readonly ServerName[] => {
	const [first, ...others] = servers;
	if (first === undefined) return [];
	const from = others.length === 0 ? 0 : (attempts * (serversAtOnce - 1)) % others.length;
	return [first, ...[...others.slice(from), ...others.slice(0, from)].slice(0, serversAtOnce - 1)];
};

const completeThrough = async (
	dependencies: MembersDependencies,
	room: ArrivingRoom,
	server: ServerName,
): Promise<Completion> => {
	const { graph } = dependencies;
	// A first try takes all of it; later ones ask what there is, and take all of it only where much is missing.
	const before = { eventId: room.joinId, isUnknown: room.attempts === 0 };
	const ids = await bringStateBefore(dependencies, { server, roomId: room.roomId }, before);
	if ("kind" in ids) return { kind: "failed", server, rule: "MEM-ARRIVING", detail: reasonOf(ids) };
	const joinKey = await joinKeyOf(dependencies, room);
	const known = await graph.stateOf(room.joinGroupId);
	const { state: given } = await graph.stateOfEvents(room.roomNid, ids);
	if (!fitsWhatIsKnown(known, given, joinKey)) {
		return {
			kind: "failed",
			server,
			rule: "MEM-ARRIVING",
			detail: "it gives another state than the room was joined with",
		};
	}
	await addMembers(dependencies, room, { known, given });
	return finish(dependencies, room, { position: room.joinPosition, hasChanged: room.hasChanged });
};

const reasonOf = (failure: NotGiven): string =>
	failure.kind === "unreachable" ? failure.reason : `${failure.status} ${failure.errcode}`;

const joinKeyOf = async ({ graph }: MembersDependencies, { joinId }: ArrivingRoom): Promise<StateMapKey> => {
	const join = (await graph.find([joinId])).get(joinId)?.event;
	if (join?.stateKey === undefined) throw new Error(`${joinId} is no join`);
	return stateMapKey(join.type, join.stateKey);
};

/** Events go on arriving: they are judged again until none is left under the lock. */
const finish = async (
	dependencies: MembersDependencies,
	room: ArrivingRoom,
	from: JudgedAgain,
): Promise<Completion> => {
	let judged = from;
	for (;;) {
		const before = await judgeAgain(dependencies, room, judged);
		await restoreDeleted(dependencies, room);
		const isDone = await dependencies.lane.submitAlone((transaction, rows) =>
			endArriving(dependencies, { transaction, rows, room, judged: before }),
		);
		if (isDone) return { kind: "complete" };
		judged = before;
	}
};

/** False: something came in between. */
const endArriving = async (
	{ arriving, serverName }: MembersDependencies,
	end: {
		readonly transaction: AppendTransaction;
		readonly rows: RowBatch;
		readonly room: ArrivingRoom;
		readonly judged: JudgedAgain;
	},
): Promise<boolean> => {
	const { transaction, rows, room, judged } = end;
	const { graph } = transaction;
	const [head] = await transaction.loadHeads([room.roomId]);
	if (head?.areMembersArriving !== true) return true;
	// Nothing is added while the lock is held.
	if ((await arriving.eventsAfter(room.roomNid, judged.position, 1)).length > 0) return false;
	const batch = receivedBatch(rows);
	let row = head.row;
	const ends = await graph.ends(room.roomNid);
	if (judged.hasChanged || ends.size > 1) {
		const stored = await graph.room(room.roomId);
		if (stored === undefined) throw new Error(`${room.roomId} is gone`);
		const present = await resolvePresent(graph, rows, { room: stored, row, ends });
		const { changes } = present;
		row = await projectPresent(graph, batch, { row, event: undefined, changes, serverName });
		row = { ...row, stateGroupId: present.groupId };
	}
	const stateOf = (keys: readonly StateMapKey[]) => graph.currentState(room.roomId, keys);
	await endRumours(graph, batch, { roomNid: room.roomNid, stateOf, serverName });
	// Whoever is in the room is told that it has changed.
	for (const userId of await arriving.membersHere(room.roomNid)) {
		rows.position += 1;
		batch.received.marks.push({ roomNid: room.roomNid, stateKey: userId, position: rows.position, value: "join" });
	}
	rows.position += 1;
	batch.received.complete.push({ roomNid: room.roomNid, tellsMissed: true });
	rows.rooms.set(room.roomNid, { ...row, headPosition: rows.position });
	return true;
};
