import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { createWaker } from "../../../shared/waker.ts";
import type { Poke } from "../../stream/public.ts";
import { abortablePeers } from "../abortable-peers.ts";
import { createOutgoingPresence } from "../presence/outgoing-presence.ts";
import type { DeliveryDependencies } from "./delivery-dependencies.ts";
import { createDestinationSender, type DestinationSender } from "./destination-sender.ts";
import type { Ephemeral } from "./ephemeral-queue.ts";
import { createOutgoingTyping } from "./outgoing-typing.ts";
import { createRoomServers } from "./room-servers.ts";
import { createSlots } from "./slots.ts";

/** Sends what waits for other servers; one process of a database does it at a time. */
export interface Delivery {
	/** Sends until the signal. */
	run(signal: AbortSignal): Promise<void>;
	/** What the processes of this database tell each other. */
	heard(poke: Poke): void;
	/** These people may see others, or be seen by others, than before. */
	acquainted(userIds: readonly string[]): void;
}

/** Transactions under way at the same time: to servers that answer, and to those that did not the last time. */
const healthyAtOnce = 100;
const failingAtOnce = 25;
const maxIdleSenders = 5_000;
/** How often everything is looked through, should a poke be lost. */
const everythingMs = 30_000;
const sweepMs = 2_000;
/** Pokes that follow each other faster are taken together. */
const restMs = 20;
const receiptsRestMs = 250;

export const createDelivery = (dependencies: DeliveryDependencies): Delivery => {
	let active: ActiveDelivery | undefined;
	return {
		heard: (poke) => active?.heard(poke),
		acquainted: (userIds) => active?.acquainted(userIds),
		run: async (signal) => {
			active = createActiveDelivery({ ...dependencies, peers: abortablePeers(dependencies.peers, signal) }, signal);
			try {
				await active.run();
			} finally {
				active = undefined;
			}
		},
	};
};

interface ActiveDelivery extends Pick<Delivery, "heard" | "acquainted"> {
	run(): Promise<void>;
}

/** Delivery while this process is the one that sends. */
const createActiveDelivery = (dependencies: DeliveryDependencies, signal: AbortSignal): ActiveDelivery => {
	const { outbox, clock, log } = dependencies;
	const waker = createWaker();
	const senders = createSenders(dependencies, signal);
	const tell = (destinations: readonly ServerName[], news: Ephemeral): void => {
		for (const destination of destinations) senders.tell(destination, news);
	};
	const typing = createOutgoingTyping({ clock, tell: tellingRooms(dependencies, tell) });
	const presence = createOutgoingPresence({ ...dependencies, tell });
	let newest = 0;
	let mustLookEverywhere = true;
	let lookedEverywhereAt = 0;
	let receiptsAt = { position: 0, time: 0 };
	let areReceiptsDue = false;
	let isRetryWanted = false;
	const wake = createWaking(dependencies, senders);
	const look = async (): Promise<void> => {
		if (mustLookEverywhere || clock.now() - lookedEverywhereAt >= everythingMs) {
			mustLookEverywhere = false;
			lookedEverywhereAt = clock.now();
			for (const destination of await outbox.destinations()) await wake(destination);
		}
		const fresh = await outbox.destinationsAfter(newest);
		newest = fresh.newest;
		for (const destination of fresh.destinations) await wake(destination);
		if (isRetryWanted) {
			isRetryWanted = false;
			for (const destination of await outbox.wanted()) senders.retry(destination);
		}
		if (!areReceiptsDue || clock.now() - receiptsAt.time < receiptsRestMs) return;
		areReceiptsDue = false;
		const position = await dependencies.streamPosition();
		if (position > receiptsAt.position) {
			for (const receipt of await outbox.receiptsBetween(receiptsAt.position, position)) {
				tell(receipt.destinations, { kind: "receipt", ...receipt });
			}
		}
		receiptsAt = { position, time: clock.now() };
	};
	/** Where it is known for whom a commit queued something, nothing has to be looked for; receipts have time. */
	const committed = (destinations: readonly string[] | undefined): void => {
		if (destinations === undefined) waker.wake();
		else if (!areReceiptsDue) setTimeout(waker.wake, receiptsRestMs).unref();
		areReceiptsDue = true;
		for (const destination of destinations ?? []) {
			wake(destination as ServerName).catch((err: unknown) => log.warn({ err }, "what waits could not be let go"));
		}
	};
	return {
		heard: (poke) => {
			if (poke.kind === "typing") typing.heard(poke.changes);
			else if (poke.kind === "presence") presence.heard(poke);
			else if (poke.kind === "federation" || poke.kind === "resync") isRetryWanted = true;
			else if (poke.kind === "stream") return committed(poke.news?.destinations);
			else if (poke.kind !== "rules") return;
			if (poke.kind === "resync" || poke.kind === "rules") mustLookEverywhere = true;
			waker.wake();
		},
		acquainted: presence.acquainted,
		run: async () => {
			// What was read while nobody sent is old by now.
			receiptsAt = { position: await dependencies.streamPosition(), time: clock.now() };
			while (!signal.aborted) {
				try {
					await look();
					await presence.sweep();
				} catch (err) {
					log.warn({ err }, "what waits for other servers could not be read");
					mustLookEverywhere = true;
				}
				await new Promise((resolve) => setTimeout(resolve, restMs));
				await waker.sleep(areReceiptsDue ? receiptsRestMs : sweepMs, signal);
				typing.sweep();
			}
			await senders.settled();
		},
	};
};

/** Tells the other servers of a room. */
const tellingRooms = (
	{ outbox, clock, log }: DeliveryDependencies,
	tell: (destinations: readonly ServerName[], news: Ephemeral) => void,
): ((roomNid: number, news: Ephemeral) => void) => {
	const roomServers = createRoomServers(outbox, clock);
	return (roomNid, news) => {
		roomServers(roomNid).then(
			(destinations) => tell(destinations, news),
			(err: unknown) => log.warn({ err }, "other servers could not be told who is writing"),
		);
	};
};

/** What waits for a server that the owner wants nothing to do with is let go: it counts as nobody's missing. */
const createWaking =
	({ outbox, gate, bus }: DeliveryDependencies, senders: Senders) =>
	async (destination: ServerName): Promise<void> => {
		if (gate.isAllowed(destination)) {
			senders.kick(destination);
			return;
		}
		const roomNids = await outbox.drop(destination);
		if (roomNids.length > 0) bus.publish({ kind: "delivered", roomNids });
	};

interface Senders {
	kick(destination: ServerName): void;
	retry(destination: ServerName): void;
	tell(destination: ServerName, news: Ephemeral): void;
	settled(): Promise<void>;
}

/** Of this process, over all times that it sends: an id that was used before would be answered, and not taken in. */
let transactions = 0;

const createSenders = (dependencies: DeliveryDependencies, signal: AbortSignal): Senders => {
	const senders = new Map<ServerName, DestinationSender>();
	const healthySlots = createSlots(healthyAtOnce);
	const failingSlots = createSlots(failingAtOnce);
	const newTransactionId = (): string => {
		transactions += 1;
		return `${dependencies.processId}.${transactions}`;
	};
	const senderTo = (destination: ServerName): DestinationSender => {
		const known = senders.get(destination);
		if (known !== undefined) return known;
		// What is known of a server saves asking for it; of very many not all is kept.
		const onIdle = (): void => {
			if (senders.size > maxIdleSenders) senders.delete(destination);
		};
		const shared = { signal, healthySlots, failingSlots, newTransactionId };
		const sender = createDestinationSender(dependencies, { destination, ...shared, onIdle });
		senders.set(destination, sender);
		return sender;
	};
	return {
		kick: (destination) => senderTo(destination).kick(),
		retry: (destination) => senderTo(destination).retry(),
		tell: (destination, news) => {
			const sender = senderTo(destination);
			sender.ephemeral.add(news, dependencies.clock.now());
			sender.kick();
		},
		settled: async () => {
			await Promise.all([...senders.values()].map((sender) => sender.settled()));
		},
	};
};
