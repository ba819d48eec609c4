import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import { hashMatches } from "../../../../federation/events/hash-matches.ts";
import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import { askForEvent } from "../../../../federation/handshakes/ask-for-events.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import {
	type AppendTransaction,
	projectState,
	type RoomRow,
	type RowBatch,
	type StoredRoom,
} from "../../rooms/public.ts";
import { redactedOnArrival } from "../receiving/apply-redactions.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import type { MembersDependencies } from "./members-dependencies.ts";
import type { ArrivingRoom, WronglyDeleted } from "./ports.ts";
import { renewRoom } from "./renew-room.ts";

/** So many servers are asked for one event. */
const mostServers = 4;

/**
 * Gives back what deletions took away that were refused after all. The words are gone from here, but the servers that never
 * let the deletion in have them, and the event's id vouches for them. What nobody gives stays deleted.
 */
export const restoreDeleted = async (dependencies: MembersDependencies, room: ArrivingRoom): Promise<void> => {
	const { arriving, graph, lane, log } = dependencies;
	const stored = await graph.room(room.roomId);
	if (stored === undefined) return;
	for (const deleted of await arriving.wronglyDeleted(room.roomNid)) {
		const event = await askAround(dependencies, { room, stored, deleted });
		const { eventId } = deleted;
		if (event === undefined)
			log.warn({ room: room.roomId, event: eventId }, "nobody gives back what was deleted in vain");
		else
			await lane.submitAlone((transaction, rows) =>
				restore(dependencies, { transaction, rows, room, stored, deleted, event }),
			);
	}
};

const askAround = async (
	{ peers, serverName }: MembersDependencies,
	{
		room,
		stored,
		deleted,
	}: { readonly room: ArrivingRoom; readonly stored: StoredRoom; readonly deleted: WronglyDeleted },
): Promise<RoomEvent | undefined> => {
	const servers = new Set([userIdServer(deleted.sender), ...room.servers]);
	servers.delete(serverName);
	for (const server of [...servers].slice(0, mostServers)) {
		const answer = await askForEvent({ peers, server }, deleted.eventId);
		for (const pdu of answer.kind === "given" ? answer.pdus : []) {
			const parsed = parseEvent(pdu, stored.version);
			// The id is made of what the hash says: words with the right hash are the ones that were written.
			if (parsed.kind === "ok" && parsed.event.eventId === deleted.eventId && hashMatches(parsed.event))
				return parsed.event;
		}
	}
	return undefined;
};

const restore = async (
	{ arriving, serverName }: MembersDependencies,
	given: {
		readonly transaction: AppendTransaction;
		readonly rows: RowBatch;
		readonly room: ArrivingRoom;
		readonly stored: StoredRoom;
		readonly deleted: WronglyDeleted;
		readonly event: RoomEvent;
	},
): Promise<void> => {
	const { transaction, rows, room, stored, deleted, event } = given;
	const { graph } = transaction;
	const [head] = await transaction.loadRows([room.roomId]);
	if (head === undefined) return;
	const { nid } = deleted;
	const batch = receivedBatch(rows);
	let { row } = head;
	// Somebody else may have deleted it too, and may.
	if ((await redactedOnArrival(graph, batch, { room: stored, nid, event })) === undefined) {
		batch.received.restored.push({ nid, json: encodeCanonicalJson(event.json) });
		const holds = isStateEvent(event) && (await isPresent(given));
		if (holds) row = named(row, batch, { event, nid, serverName });
	}
	await renewRoom(arriving, rows, room);
	rows.rooms.set(row.nid, { ...row, headPosition: rows.position });
};

const isPresent = async ({
	transaction,
	room,
	deleted,
	event,
}: {
	readonly transaction: AppendTransaction;
	readonly room: ArrivingRoom;
	readonly deleted: WronglyDeleted;
	readonly event: RoomEvent;
}): Promise<boolean> => {
	const key = stateMapKey(event.type, event.stateKey ?? "");
	const present = await transaction.graph.currentState(room.roomId, [key]);
	return present.get(key)?.nid === deleted.nid;
};

/** The room is called again by what it was called by. Memberships keep what makes them up when they are deleted. */
const named = (
	row: RoomRow,
	rows: RowBatch,
	{
		event,
		nid,
		serverName,
	}: { readonly event: RoomEvent; readonly nid: number } & Pick<MembersDependencies, "serverName">,
): RoomRow => {
	if (!isStateEvent(event) || event.type === "m.room.member") return row;
	const context = { signer: { serverName } };
	const projection = { row, rows, head: { hasRemoteMembers: true }, context, state: () => undefined };
	return { ...projectState(projection, event, nid), lastActivity: row.lastActivity };
};
