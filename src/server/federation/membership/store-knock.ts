import type { StateEvent } from "../../../../federation/events/room-event.ts";
import type { Knocked } from "../../../../federation/handshakes/membership/ask-to-knock.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import { columnsOf, verdictOf } from "../receiving/store-received.ts";
import type { MembershipDependencies } from "./membership-dependencies.ts";
import { memberRow, nextPosition, roomRow } from "./store-invitation.ts";

/**
 * Puts a room that somebody asks to join into their list: a row without state, their membership with a place in the
 * stream, and the event outside of the graph, by which a refusal is recognised.
 */
export const storeKnock = (
	{ lane }: Pick<MembershipDependencies, "lane">,
	{ event, version, state, server }: Knocked & { readonly server: ServerName },
): Promise<void> =>
	lane.submitAlone(async (transaction, rows) => {
		if ((await transaction.graph.find([event.eventId])).size > 0) return;
		const { sender } = event;
		const own: StateEvent = { ...event, stateKey: sender };
		const row = await roomRow(transaction, { event: own, version, state });
		const position = nextPosition(rows);
		const [nid] = await transaction.graph.reserveAsideNids(1);
		if (nid === undefined) throw new Error("no number was reserved");
		const batch = receivedBatch(rows);
		const place = { nid, roomNid: row.nid, position: undefined, stateGroupId: undefined, messageOrdinal: 0 };
		batch.received.asides.push({ ...place, verdict: verdictOf.accepted, ...columnsOf(own) });
		batch.received.marks.push({ roomNid: row.nid, stateKey: sender, position, value: "knock" });
		rows.memberships.set(`${row.nid}\n${sender}`, {
			...memberRow(row, { userId: sender, sender, membership: "knock", position }),
			isLocal: true,
			askedThrough: server,
		});
		rows.rooms.set(row.nid, { ...row, headPosition: position, lastActivity: Math.max(row.lastActivity, position) });
	});
