import { notFound } from "../../../../federation/handshakes/refusal.ts";
import { parseEventId } from "../../../../federation/identifiers/event-id.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { admitServer } from "./admit-server.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";
import { pduAnswer } from "./pdu-answer.ts";
import { showEvents } from "./show-events.ts";

/** One event, as `GET /event/{eventId}` asks. Also one that this server knows only as an ancestor of others. */
export const answerEvent = async (
	dependencies: AnsweringDependencies,
	asked: { readonly origin: ServerName; readonly eventId: string },
): Promise<Answer> => {
	const eventId = parseEventId(asked.eventId);
	const found = eventId === undefined ? undefined : (await dependencies.graph.find([eventId])).get(eventId);
	if (eventId === undefined || found === undefined || found.status === "rejected") return unknownEvent;
	const { origin } = asked;
	const admission = await admitServer(dependencies, { origin, roomId: found.event.roomId });
	if (admission.kind === "refused") return admission;
	const shown = await showEvents(dependencies, { origin, room: admission.room }, [eventId]);
	return shown.length === 0 ? unknownEvent : pduAnswer(dependencies, shown);
};

const unknownEvent = notFound("This server has no such event");
