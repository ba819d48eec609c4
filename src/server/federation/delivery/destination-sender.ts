import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { backoffMs } from "../../../../federation/transport/backoff.ts";
import { maxEdus, maxPdus } from "../../../../federation/transport/transaction.ts";
import type { DeliveryDependencies } from "./delivery-dependencies.ts";
import { createEphemeralQueue, type EphemeralQueue } from "./ephemeral-queue.ts";
import type { DestinationHealth, OutboxEntry, WaitingEdu } from "./ports.ts";
import { type OutgoingTransaction, sendTransaction } from "./send-transaction.ts";
import type { Slots } from "./slots.ts";

/** Sends to one destination: one transaction at a time, in order, as long as something waits. */
export interface DestinationSender {
	readonly ephemeral: EphemeralQueue;
	/** Something waits. */
	kick(): void;
	/** It may be tried again, whatever was planned. */
	retry(): void;
	/** After the signal: resolves when nothing is under way. */
	settled(): Promise<void>;
}

export interface SenderOptions {
	readonly destination: ServerName;
	readonly signal: AbortSignal;
	/** Servers that answer do not wait for those that do not. */
	readonly healthySlots: Slots;
	readonly failingSlots: Slots;
	/** A transaction id that no other transaction of this server has, whatever its destination. */
	readonly newTransactionId: () => string;
	/** Nothing waits and nothing is planned. */
	readonly onIdle: () => void;
}

const retryShape = { firstMs: 2_000, longestMs: 3_600_000 };
/** After an hour of failing the other server fetches what it lacks for itself. */
const collapseAfterMs = 3_600_000;
const repairMs = 5_000;
/** A server that is away for longer has missed the keys of what was written meanwhile; of its devices it asks anew. */
const edusHeldMs = 30 * 86_400_000;
const mostEdus = 10_000;
/** Of the EDUs of a transaction: some places are left for what is told once. */
const maxLasting = 50;

export const createDestinationSender = (
	dependencies: DeliveryDependencies,
	options: SenderOptions,
): DestinationSender => {
	const { outbox, clock, gate } = dependencies;
	const { destination, signal } = options;
	const ephemeral = createEphemeralQueue();
	const nameTransaction = transactionNames(options.newTransactionId);
	let health: DestinationHealth | undefined;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> | undefined;
	let isKicked = false;

	const plan = (at: number): void => {
		clearTimeout(timer);
		timer = setTimeout(retryPlanned, Math.max(0, at - clock.now()));
	};
	/** The next transaction. Undefined: nothing waits, or it is not the time. */
	const next = async (): Promise<OutgoingTransaction | undefined> => {
		if (!gate.isAllowed(destination)) {
			ephemeral.take(Number.POSITIVE_INFINITY, clock.now());
			return undefined;
		}
		health ??= await outbox.health(destination);
		const { retryAt, failingSince } = health;
		if (retryAt !== undefined && retryAt > clock.now()) {
			plan(retryAt);
			return undefined;
		}
		const isLongGone = failingSince !== undefined && clock.now() - failingSince >= collapseAfterMs;
		if (isLongGone) await collapse(dependencies, destination);
		const waiting = await collect(dependencies, destination, ephemeral);
		return waiting && { txnId: nameTransaction(waiting.entries, waiting.lasting), ...waiting };
	};
	const sendAll = async (): Promise<void> => {
		for (let transaction = await next(); transaction !== undefined && !signal.aborted; transaction = await next()) {
			const sending = transaction;
			const slots = health?.failingSince === undefined ? options.healthySlots : options.failingSlots;
			const answer = await slots.within(() => sendTransaction(dependencies, destination, sending));
			if (signal.aborted) return;
			health = await settle(dependencies, { destination, answer, ...sending, health });
		}
	};
	const run = async (): Promise<void> => {
		try {
			while (isKicked && !signal.aborted) {
				isKicked = false;
				await sendAll();
			}
		} catch (err) {
			dependencies.log.warn({ err, peer: destination }, "a server could not be sent to");
			health = undefined;
			plan(clock.now() + repairMs);
		}
		running = undefined;
		if (timer === undefined && ephemeral.size === 0) options.onIdle();
	};
	const kick = (): void => {
		isKicked = true;
		if (!signal.aborted) running ??= Promise.resolve().then(run);
	};
	const retryPlanned = (): void => {
		timer = undefined;
		kick();
	};
	return {
		ephemeral,
		kick: () => {
			// Until it is tried again nothing can be done, and what waits is on the disk.
			if (timer === undefined) kick();
		},
		retry: () => {
			clearTimeout(timer);
			timer = undefined;
			// What is under way knows since when it fails, and writes that down.
			if (running === undefined) health = undefined;
			kick();
		},
		settled: async () => {
			while (running !== undefined) await running;
			clearTimeout(timer);
		},
	};
};

const collapse = async ({ outbox, clock, log }: DeliveryDependencies, destination: ServerName): Promise<void> => {
	const count = await outbox.collapse(destination, { mostEdus, edusSince: clock.now() - edusHeldMs });
	if (count > 0)
		log.warn({ peer: destination, count }, "messages to devices of a server that is long gone were let go");
};

/** What one transaction takes of what waits; undefined: nothing does. */
const collect = async (
	{ outbox, clock }: DeliveryDependencies,
	destination: ServerName,
	ephemeral: EphemeralQueue,
): Promise<Omit<OutgoingTransaction, "txnId"> | undefined> => {
	const { entries, edus: lasting } = await outbox.next(destination, { entries: maxPdus, edus: maxLasting });
	const edus = ephemeral.take(maxEdus - lasting.length, clock.now());
	return entries.length + lasting.length + edus.length === 0 ? undefined : { entries, lasting, edus };
};

/** Writes down how it went, and returns the destination's health after it. */
const settle = async (
	{ outbox, bus, clock, random, log }: DeliveryDependencies,
	sent: {
		readonly destination: ServerName;
		readonly answer: PeerAnswer;
		readonly entries: readonly OutboxEntry[];
		readonly lasting: readonly WaitingEdu[];
		readonly health: DestinationHealth | undefined;
	},
): Promise<DestinationHealth> => {
	const { destination, answer, entries, lasting, health } = sent;
	const wasFailing = health?.failingSince !== undefined;
	if (answer.kind === "answered") {
		const accepted = { ids: entries.map(({ id }) => id), eduIds: lasting.map(({ id }) => id) };
		await outbox.delivered(destination, accepted, clock.now());
		if (entries.length > 0) bus.publish({ kind: "delivered", roomNids: [...new Set(entries.map((e) => e.roomNid))] });
		if (wasFailing) log.info({ peer: destination }, "a server is reached again");
		return { failures: 0, failingSince: undefined, retryAt: undefined };
	}
	const failures = (health?.failures ?? 0) + 1;
	const askedMs = answer.kind === "refused" ? Math.min(answer.retryAfterMs ?? 0, retryShape.longestMs) : 0;
	const failed = {
		failures,
		failingSince: health?.failingSince ?? clock.now(),
		retryAt: clock.now() + Math.max(askedMs, backoffMs(failures, retryShape, random())),
	};
	const lastError = wordsFor(answer);
	await outbox.failed(destination, failed, lastError);
	const line = { peer: destination, failures, reason: lastError };
	if (wasFailing) log.debug(line, "a server is still not reached");
	else log.warn(line, "a server is not reached; it is tried again");
	return failed;
};

const wordsFor = (answer: Exclude<PeerAnswer, { kind: "answered" }>): string =>
	answer.kind === "refused"
		? `refused: ${answer.status} ${answer.errcode}`.slice(0, 200)
		: `${answer.reason}: ${answer.detail}`;

/** A transaction that holds the same events as the one before is the same, and keeps its id. */
const transactionNames = (
	newTransactionId: () => string,
): ((entries: readonly OutboxEntry[], lasting: readonly WaitingEdu[]) => string) => {
	let last = { ids: "", name: "" };
	return (entries, lasting) => {
		const ids = [...entries.map(({ id }) => id), ...lasting.map(({ id }) => `e${id}`)].join();
		if (ids === "" || ids !== last.ids) last = { ids, name: newTransactionId() };
		return last.name;
	};
};
