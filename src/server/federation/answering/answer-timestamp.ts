import { invalidParam, missingParam, notFound } from "../../../../federation/handshakes/refusal.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import { admitServer, type RoomQuestion } from "./admit-server.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";

/** `GET /timestamp_to_event/{roomId}`: the event nearest to a time, as its sender claims it. */
export const answerTimestamp = async (
	dependencies: AnsweringDependencies,
	question: RoomQuestion & { readonly ts: string | null; readonly direction: string | null },
): Promise<Answer> => {
	const { ts, direction } = question;
	if (ts === null || direction === null) return missingParam(ts === null ? "ts" : "dir");
	if (!/^\d{1,15}$/.test(ts)) return invalidParam("ts is no time in milliseconds");
	if (direction !== "f" && direction !== "b") return invalidParam("dir is f or b");
	const admission = await admitServer(dependencies, question);
	if (admission.kind === "refused") return admission;
	const found = await dependencies.store.closestEvent(admission.room.nid, Number(ts), direction);
	if (found === undefined) return notFound("There is no event on that side of the time");
	return {
		kind: "answered",
		content: jsonObject([
			["event_id", found.eventId],
			["origin_server_ts", found.originServerTs],
		]),
	};
};
