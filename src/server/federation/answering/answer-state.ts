import { notFound, type Refusal } from "../../../../federation/handshakes/refusal.ts";
import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { PlacedState } from "../../rooms/public.ts";
import { groupsAfter } from "../receiving/graph-stores.ts";
import { resolvePlaced } from "../receiving/resolve-placed.ts";
import { admitServer, type RoomQuestion } from "./admit-server.ts";
import type { Answer, AnsweringDependencies, LongAnswer } from "./answering-dependencies.ts";
import type { AskedRoom } from "./ports.ts";
import { textsInPieces } from "./texts-in-pieces.ts";

type StateQuestion = RoomQuestion & { readonly eventId: string };

/** `GET /state/{roomId}`: the state before an event and its auth chain, in pieces. */
export const answerState = async (
	dependencies: AnsweringDependencies,
	question: StateQuestion,
): Promise<LongAnswer> => {
	const found = await findState(dependencies, question);
	if (found.kind === "refused") return found;
	const chain = await dependencies.store.authChainOf(found.nids);
	return {
		kind: "streamed",
		pieces: textsInPieces(dependencies.store, [
			["pdus", found.nids],
			["auth_chain", chain.map(({ nid }) => nid)],
		]),
	};
};

/** `GET /state_ids/{roomId}`: the same as event ids. */
export const answerStateIds = async (dependencies: AnsweringDependencies, question: StateQuestion): Promise<Answer> => {
	const found = await findState(dependencies, question);
	if (found.kind === "refused") return found;
	const chain = await dependencies.store.authChainOf(found.nids);
	return {
		kind: "answered",
		content: jsonObject([
			["pdu_ids", [...found.state.values()].map(({ eventId }) => eventId)],
			["auth_chain_ids", chain.map(({ eventId }) => eventId)],
		]),
	};
};

type FoundState = { readonly kind: "found"; readonly state: PlacedState; readonly nids: readonly number[] } | Refusal;

const findState = async (dependencies: AnsweringDependencies, question: StateQuestion): Promise<FoundState> => {
	const admission = await admitServer(dependencies, question);
	if (admission.kind === "refused") return admission;
	if (admission.room.areMembersArriving) return notFound("This server does not know the whole state yet");
	const state = await stateBefore(dependencies, admission.room, question.eventId);
	if (state === undefined) return notFound("This server does not know the state at that event");
	return { kind: "found", state, nids: [...state.values()].map(({ nid }) => nid) };
};

const stateBefore = async (
	{ graph }: AnsweringDependencies,
	room: AskedRoom,
	text: string,
): Promise<PlacedState | undefined> => {
	const eventId = parseEventId(text);
	const stored = eventId === undefined ? undefined : (await graph.find([eventId])).get(eventId);
	if (stored === undefined || stored.roomNid !== room.nid || stored.status === "rejected") return undefined;
	const { event, stateGroupId } = stored;
	const groups = await groupsAfter(graph, room.nid, event);
	// Where what came before is not stored, the state before a message is still the one after it.
	if (groups === undefined) {
		return event.stateKey !== undefined || stateGroupId === undefined ? undefined : graph.stateOf(stateGroupId);
	}
	const states: PlacedState[] = [];
	for (const groupId of groups) states.push(await graph.stateOf(groupId));
	return resolvePlaced(graph, room, { states });
};
