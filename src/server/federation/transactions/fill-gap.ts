import { parseEvent } from "../../../../federation/events/parse-event.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { type Asking, mayAnswerLater } from "../../../../federation/handshakes/ask-for-events.ts";
import type { RoomId, ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Received } from "../receiving/received.ts";
import { bringAuthEvents, bringStateBefore, type NotGiven } from "./bring-state.ts";
import { collectGap } from "./collect-gap.ts";
import type { GapDependencies } from "./gap-dependencies.ts";

/** An event that cannot be judged yet, and the server that sent it. */
export interface Unjudged {
	readonly roomId: RoomId;
	readonly origin: ServerName;
	readonly pdu: JsonObject;
}

/** What became of it, or why it could not be judged: `detail` is for the log. */
export type GapFilling =
	| { readonly kind: "received"; readonly received: Received }
	| { readonly kind: "unfilled"; readonly detail: string; readonly isTransient: boolean };

/** Places where a gap's end is not known: so many are bridged by the state that another server says was there. */
const maxBridges = 5;
/** While members arrive, so many events of people who are not known yet are helped at once; the next attempt goes on. */
const maxPeople = 200;

/**
 * Brings what an event needs to be judged: the events between it and what is stored, and, where those cannot be had, the
 * state before the oldest of them. The server that sent it is asked, then its writer's.
 */
export const fillGap = async (dependencies: GapDependencies, unjudged: Unjudged): Promise<GapFilling> => {
	const { roomId, origin, pdu } = unjudged;
	const room = await dependencies.graph.room(roomId);
	const parsed = room === undefined ? undefined : parseEvent(pdu, room.version);
	if (room === undefined || parsed?.kind !== "ok") return { kind: "received", received: { kind: "unknownRoom" } };
	const { event } = parsed;
	const servers = new Set([origin, userIdServer(event.sender)]);
	servers.delete(dependencies.serverName);
	let last: GapFilling = { kind: "unfilled", detail: "nobody can be asked", isTransient: false };
	for (const server of servers) {
		const asking = { peers: dependencies.peers, server, roomId };
		const { events, failure } = await collectGap(dependencies, asking, { event, version: room.version });
		if (failure !== undefined && events.length === 0 && failure.kind === "unreachable") {
			last = unfilled(failure);
			continue;
		}
		const gap = { events: [...events, event], areMembersArriving: room.areMembersArriving };
		last = await receiveInOrder(dependencies, asking, gap);
		if (last.kind === "received") return last;
	}
	return last;
};

/** Receives the events, the last of which is the one in question; where one lacks something, it is brought. */
const receiveInOrder = async (
	dependencies: GapDependencies,
	asking: Asking,
	{ events, areMembersArriving }: { readonly events: readonly RoomEvent[]; readonly areMembersArriving: boolean },
): Promise<GapFilling> => {
	const { roomId } = asking;
	let left = events;
	for (let [bridges, people] = [0, 0]; ; ) {
		const answers = await dependencies.receiving.receiveAll(left.map((event) => ({ roomId, pdu: event.json })));
		const last = answers.at(-1);
		if (last !== undefined && last.kind !== "incomplete") return { kind: "received", received: last };
		// Whatever comes after the first that lacks something may lack no more than that one.
		left = left.filter((_, at) => answers[at]?.kind === "incomplete");
		const [first, ...others] = left;
		const lacking = answers.find((answer) => answer.kind === "incomplete");
		if (first === undefined || lacking?.kind !== "incomplete") throw new Error("nothing is left to be received");
		if (areMembersArriving && lacking.missingPrevEvents.length === 0) people += 1;
		else bridges += 1;
		if (bridges > maxBridges) return { kind: "unfilled", detail: "too many ends of the graph", isTransient: false };
		if (people > maxPeople) return { kind: "unfilled", detail: "too many people are not known yet", isTransient: true };
		const bridged = await bridge(dependencies, asking, { event: first, lacking });
		if (others.length === 0 || bridged.kind === "unfilled") return bridged;
		left = others;
	}
};

const bridge = async (
	dependencies: GapDependencies,
	asking: Asking,
	{ event, lacking }: { readonly event: RoomEvent; readonly lacking: Extract<Received, { kind: "incomplete" }> },
): Promise<GapFilling> => {
	const { eventId, json: pdu } = event;
	const { roomId } = asking;
	let received: Received = lacking;
	if (lacking.missingAuthEvents.length > 0) {
		const failure = await bringAuthEvents(dependencies, asking, { eventId, missing: lacking.missingAuthEvents });
		if (failure !== undefined) return unfilled(failure);
		received = await dependencies.receiving.receive({ roomId, pdu });
	}
	if (received.kind === "incomplete" && received.missingPrevEvents.length > 0) {
		const stateBefore = await bringStateBefore(dependencies, asking, { eventId });
		if ("kind" in stateBefore) return unfilled(stateBefore);
		received = await dependencies.receiving.receive({ roomId, pdu, stateBefore });
	}
	if (received.kind === "incomplete") {
		return { kind: "unfilled", detail: "what it needs is given by nobody", isTransient: false };
	}
	return { kind: "received", received };
};

const unfilled = (failure: NotGiven): GapFilling => ({
	kind: "unfilled",
	detail: failure.kind === "unreachable" ? failure.reason : `${failure.status} ${failure.errcode}`,
	isTransient: mayAnswerLater(failure),
});
