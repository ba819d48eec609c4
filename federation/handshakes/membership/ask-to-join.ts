/**
 * Joining a room through a server that is in it, asking side. What comes back has been checked; storing it is the caller's.
 * Matrix v1.19 Server-Server API, "Joining Rooms"; SPEC.md, "Membership".
 */
import type { EventShelf } from "../../ports/event-shelf.ts";
import type { PeerStreams } from "../../ports/peer-streams.ts";
import { ArrivedEvents } from "../arrived-events.ts";
import { askForTemplate, type MembershipWish, type SignedWish } from "./ask-for-template.ts";
import type { AskingPorts, HandshakeFailure } from "./asking.ts";
import { checkJoinAnswer, type JoinedRoom } from "./check-join-answer.ts";
import { emptyJoin, joinLists, takeJoinEntry } from "./collect-join-answer.ts";
import { sendUri } from "./membership-uris.ts";

/** State and auth chain of a room with some hundred thousand members. */
const maxAnswerBytes = 256 * 1024 * 1024;
const maxEntries = 500_000;
const timeoutMs = 180_000;

/** What joining stands on besides asking. */
export interface JoiningPorts extends AskingPorts {
	readonly streams: PeerStreams;
	/** Room for what does not fit into memory while it is checked. */
	openShelf(): EventShelf;
}

/** How far an answer has come. */
export interface JoinProgress {
	readonly stage: "receiving" | "checking";
	readonly done: number;
	/** How many there are in all; undefined: not known yet. */
	readonly total: number | undefined;
}

/** A wish to join. */
export interface JoinWish extends Omit<MembershipWish, "membership"> {
	/** The server may leave the memberships out of its answer. */
	readonly mayOmitMembers?: boolean;
	/** Called now and then; the work waits for it. */
	readonly onProgress?: (progress: JoinProgress) => void | Promise<void>;
}

/** Joins, or says why not. Whoever gets a room closes it. */
export const askToJoin = async (ports: JoiningPorts, wish: JoinWish): Promise<JoinedRoom | HandshakeFailure> => {
	const signed = await askForTemplate(ports, { ...wish, membership: "join" });
	if (signed.kind !== "signed") return signed;
	const shelf = ports.openShelf();
	const outcome = await sendJoin(ports, { wish, signed, shelf }).catch(async (error: unknown) => {
		await shelf.close();
		throw error;
	});
	if (outcome.kind === "joined") return { ...outcome, close: () => shelf.close() };
	await shelf.close();
	return outcome;
};

const sendJoin = async (
	ports: JoiningPorts,
	join: { readonly wish: JoinWish; readonly signed: SignedWish; readonly shelf: EventShelf },
): Promise<Omit<JoinedRoom, "close"> | HandshakeFailure> => {
	const { wish, signed, shelf } = join;
	const { server, roomId, mayOmitMembers = false, onProgress } = wish;
	const { event, version } = signed;
	const collected = emptyJoin(new ArrivedEvents(version, shelf));
	const uri = sendUri("join", roomId, { eventId: event.eventId, mayOmitMembers });
	const request = { method: "PUT", uri, content: event.json, maxAnswerBytes, timeoutMs } as const;
	const answer = await ports.streams.requestLists(
		server,
		{ ...request, lists: joinLists, maxEntries },
		async (list, entry) => {
			await takeJoinEntry(collected, event, { list, entry });
			if (collected.events % eventsBetween === 0) {
				await onProgress?.({ stage: "receiving", done: collected.events, total: undefined });
			}
		},
	);
	if (answer.kind !== "answered") return answer;
	const total = collected.arrived.size;
	const between = onProgress && ((done: number) => onProgress({ stage: "checking", done, total }));
	return checkJoinAnswer(
		{ ...ports, between },
		{ event, version, mayOmitMembers },
		{ answer: answer.content, collected },
	);
};

const eventsBetween = 100;
