import { notFound } from "../../../../federation/handshakes/refusal.ts";
import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import { admitServer, type RoomQuestion } from "./admit-server.ts";
import type { AnsweringDependencies, LongAnswer } from "./answering-dependencies.ts";
import { textsInPieces } from "./texts-in-pieces.ts";

/** `GET /event_auth/{roomId}/{eventId}`: the ancestors of an event by `auth_events`. */
export const answerEventAuth = async (
	dependencies: AnsweringDependencies,
	question: RoomQuestion & { readonly eventId: string },
): Promise<LongAnswer> => {
	const admission = await admitServer(dependencies, question);
	if (admission.kind === "refused") return admission;
	const { graph, store } = dependencies;
	const eventId = parseEventId(question.eventId);
	const stored = eventId === undefined ? undefined : (await graph.find([eventId])).get(eventId);
	if (stored === undefined || stored.roomNid !== admission.room.nid || stored.status === "rejected") {
		return notFound("This server has no such event");
	}
	const cited = [...(await graph.find(stored.event.authEvents)).values()].map(({ nid }) => nid);
	const chain = await store.authChainOf(cited);
	const nids = [...new Set([...cited, ...chain.map(({ nid }) => nid)])];
	return { kind: "streamed", pieces: textsInPieces(store, [["auth_chain", nids]]) };
};
