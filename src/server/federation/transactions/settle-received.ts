import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../federation/json/parse-json.ts";
import { backoffMs } from "../../../../federation/transport/backoff.ts";
import { isAppError } from "../../../shared/app-error.ts";
import { groupBy } from "../../../shared/group-by.ts";
import type { Received, ReceiveInput } from "../receiving/received.ts";
import type { GapFilling } from "./fill-gap.ts";
import { noteReceived } from "./note-received.ts";
import type { WaitingPdu } from "./ports.ts";
import type { ReceivedWorkDependencies } from "./received-work-dependencies.ts";

/** After so many attempts an event is let go: over about two hours where others do not answer, else over a minute. */
const maxAttempts = 12;
const maxAttemptsInVain = 4;
const retryShape = { firstMs: 5_000, longestMs: 1_800_000 };

/** Puts what became of PDUs on the disk and into the log. */
export interface Settler {
	/** Receives them and returns those that lack something, in their order. */
	all(due: readonly WaitingPdu[]): Promise<readonly WaitingPdu[]>;
	/** True: what was lacking is there, and the event too. */
	filled(waiting: WaitingPdu, filling: GapFilling): Promise<boolean>;
}

export const createSettler = (dependencies: ReceivedWorkDependencies): Settler => {
	const { transactions, receiving, clock, random, log } = dependencies;
	const postpone = async (
		waiting: WaitingPdu,
		{ rule, detail, isTransient }: { readonly rule: string; readonly detail: string; readonly isTransient: boolean },
	): Promise<void> => {
		const { id, origin, eventId, attempts } = waiting;
		const line = { peer: origin, rule, event: eventId, detail };
		if (attempts + 1 >= (isTransient ? maxAttempts : maxAttemptsInVain)) {
			log.warn(line, "an event is given up");
			await transactions.remove([id]);
			return;
		}
		log.debug(line, "an event is tried again later");
		await transactions.delay(id, clock.now() + backoffMs(attempts + 1, retryShape, random()));
	};
	const receiveEach = async (inside: readonly WaitingPdu[]): Promise<readonly (Received | undefined)[]> => {
		const inputs = inside.map((waiting) => ({ roomId: waiting.roomId, pdu: pduOf(waiting) }));
		try {
			return await receiving.receiveAll(inputs);
		} catch (error) {
			if (isAppError(error)) throw error;
		}
		// One of them is more than this server can take: the others must not wait for it.
		const answers: (Received | undefined)[] = [];
		for (const [at, input] of inputs.entries()) answers[at] = await receiveAlone(input, inside[at]);
		return answers;
	};
	const receiveAlone = async (input: ReceiveInput, waiting: WaitingPdu | undefined): Promise<Received | undefined> => {
		try {
			return await receiving.receive(input);
		} catch (err) {
			if (isAppError(err) || waiting === undefined) throw err;
			log.error({ err, peer: waiting.origin, event: waiting.eventId }, "a received event could not be stored");
			await postpone(waiting, { rule: "RCV-STORE", detail: "it could not be stored", isTransient: false });
			return undefined;
		}
	};
	const all: Settler["all"] = async (due) => {
		const rooms = await transactions.rooms([...new Set(due.map(({ roomId }) => roomId))]);
		// Room by room: what is read of a room serves all its events.
		const inside = byRoom(due.filter(({ roomId }) => rooms.get(roomId)?.isJoined === true));
		const outside = due.filter((waiting) => !inside.includes(waiting));
		for (const waiting of outside) await receiveOutside(dependencies, waiting);
		const answers = await receiveEach(inside);
		const lacking: WaitingPdu[] = [];
		const done = outside.map(({ id }) => id);
		for (const [at, waiting] of inside.entries()) {
			const received = answers[at];
			if (received?.kind === "incomplete") lacking.push(waiting);
			else if (received !== undefined && (await isDone(waiting, received))) done.push(waiting.id);
		}
		if (done.length > 0) await transactions.remove(done);
		return lacking;
	};
	const isDone = async (waiting: WaitingPdu, received: Received): Promise<boolean> => {
		if (received.kind === "dropped" && received.isTransient) {
			await postpone(waiting, received);
			return false;
		}
		noteReceived(log, waiting, received);
		return true;
	};
	const filled: Settler["filled"] = async (waiting, filling) => {
		if (filling.kind === "received") {
			if (await isDone(waiting, filling.received)) await transactions.remove([waiting.id]);
			return filling.received.kind === "stored" || filling.received.kind === "known";
		}
		await postpone(waiting, { rule: "RCV-MISSING", ...filling });
		return false;
	};
	return { all, filled };
};

const receiveOutside = async (
	{ receiveFromOutside, log }: ReceivedWorkDependencies,
	waiting: WaitingPdu,
): Promise<void> => {
	try {
		await receiveFromOutside?.({ ...waiting, pdu: pduOf(waiting) });
	} catch (err) {
		if (isAppError(err)) throw err;
		log.error(
			{ err, peer: waiting.origin, event: waiting.eventId },
			"an event of a room elsewhere could not be judged",
		);
	}
};

/** The PDU as it was sent. */
export const pduOf = ({ json }: Pick<WaitingPdu, "json">): JsonObject => {
	const parsed = parseJson(json);
	if (parsed.kind !== "ok") throw new Error("a PDU that waits is no JSON");
	return parsed.value as JsonObject;
};

/** Rooms for which little waits come first: they are soon done. */
const byRoom = (due: readonly WaitingPdu[]): readonly WaitingPdu[] =>
	[...groupBy(due, ({ roomId }) => roomId).values()].toSorted((one, other) => one.length - other.length).flat();
