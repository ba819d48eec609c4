/**
 * Joining a room through a server that is in it, asking side. What comes back has been checked; storing it is the caller's.
 * Matrix v1.19 Server-Server API, "Joining Rooms"; SPEC.md, "Membership".
 */
import { askForTemplate, type MembershipWish } from "./ask-for-template.ts";
import type { AskingPorts, HandshakeFailure } from "./asking.ts";
import { checkJoinAnswer, type JoinedRoom } from "./check-join-answer.ts";
import { sendUri } from "./membership-uris.ts";

/** State and auth chain of a room with some ten thousand members. */
const maxAnswerBytes = 128 * 1024 * 1024;
const timeoutMs = 180_000;

/** Joins, or says why not. */
export const askToJoin = async (
	ports: AskingPorts,
	wish: Omit<MembershipWish, "membership">,
): Promise<JoinedRoom | HandshakeFailure> => {
	const signed = await askForTemplate(ports, { ...wish, membership: "join" });
	if (signed.kind !== "signed") return signed;
	const { event } = signed;
	const uri = sendUri("join", wish.roomId, event.eventId);
	const request = { method: "PUT", uri, content: event.json, maxAnswerBytes, timeoutMs } as const;
	const answer = await ports.transport.request(wish.server, request);
	if (answer.kind !== "answered") return answer;
	return checkJoinAnswer(ports, signed, answer.content);
};
