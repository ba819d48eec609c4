import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import type { PeerTransport } from "../../../federation/ports/peer-transport.ts";
import type { Log } from "../../shared/log.ts";
import type { AppendLane, RoomGraph } from "../rooms/public.ts";
import type { Bus, StreamStore } from "../stream/public.ts";
import { createDelivery } from "./delivery/create-delivery.ts";
import type { DeliveryDependencies } from "./delivery/delivery-dependencies.ts";
import { createDestinations } from "./delivery/destinations.ts";
import { createHeardFrom } from "./delivery/heard-from.ts";
import type { OutboxStore } from "./delivery/ports.ts";
import type { DeviceExchange } from "./devices/create-device-exchange.ts";
import type { Leadership, LeadershipBid } from "./leadership.ts";
import type { MembersDependencies } from "./members/members-dependencies.ts";
import { createArrivingWork } from "./members/work-on-arriving.ts";
import { createIncomingPresence } from "./presence/incoming-presence.ts";
import type { Receiving } from "./receiving/create-receiving.ts";
import type { ServerGate } from "./rules/create-server-rules.ts";
import type { TransactionStore } from "./transactions/ports.ts";
import { receiveEdus } from "./transactions/receive-edus.ts";
import {
	type ReceiveTransactionDependencies,
	receiveTransaction,
	type TransactionRequest,
} from "./transactions/receive-transaction.ts";
import type { ReceivedWorkDependencies } from "./transactions/received-work-dependencies.ts";
import { createTakeIn } from "./transactions/take-in.ts";
import { createReceivedWork } from "./transactions/work-on-received.ts";

export interface EventExchangeDependencies
	extends Pick<ReceivedWorkDependencies, "receiveFromOutside">,
		Pick<ReceiveTransactionDependencies, "untilJoined">,
		Pick<DeliveryDependencies, "circles" | "isPresenceShared" | "presenceRestMs">,
		Pick<MembersDependencies, "streams" | "openShelf" | "arriving" | "verifier"> {
	readonly serverName: ServerName;
	readonly receiving: Receiving;
	readonly graph: RoomGraph;
	readonly lane: AppendLane;
	readonly bus: Bus;
	readonly stream: Pick<StreamStore, "position" | "joinedRoomNid">;
	readonly transactions: TransactionStore;
	readonly outbox: OutboxStore;
	/** Devices of people of other servers, and messages to this server's. */
	readonly devices: Pick<DeviceExchange, "receive" | "listWork">;
	readonly leadership: Leadership;
	readonly peers: PeerTransport;
	readonly gate: ServerGate;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	/** No other process, and no earlier one, has it. */
	readonly processId: string;
	readonly log: Log;
}

/**
 * How events, and what is told once and kept nowhere, come from other servers and go to them. Any process takes in; the
 * one that leads checks what was taken in, and sends.
 */
export const createEventExchange = (dependencies: EventExchangeDependencies) => {
	const { bus, stream, transactions, devices, log } = dependencies;
	const work = createReceivedWork(dependencies);
	const arrivingWork = createArrivingWork(dependencies);
	const delivery = createDelivery({ ...dependencies, streamPosition: () => stream.position() });
	const presence = createIncomingPresence(dependencies);
	const announce = (): void => bus.publish({ kind: "federation" });
	const receiveDependencies: ReceiveTransactionDependencies = {
		...dependencies,
		takeIn: createTakeIn(dependencies),
		announce,
		receiveDeviceEdus: dependencies.devices.receive,
		receiveEdus: (origin, edus) => receiveEdus({ ...dependencies, members: stream, presence }, origin, edus),
	};
	let bid: LeadershipBid | undefined;
	let unsubscribe: (() => void) | undefined;
	return {
		receiveTransaction: (request: TransactionRequest) => receiveTransaction(receiveDependencies, request),
		acquainted: delivery.acquainted,
		heardFrom: createHeardFrom({ ...dependencies, announce }),
		destinations: createDestinations({ ...dependencies, announce }),
		/** Forgets the answers of transactions that nobody sends again. */
		sweep: () => transactions.forgetAnswers(dependencies.clock.now() - answersHeldMs),
		start: (): void => {
			unsubscribe = bus.subscribe((poke) => {
				if (poke.kind === "federation" || poke.kind === "resync") {
					work.wake();
					arrivingWork.wake();
				}
				if (poke.kind === "federation" || poke.kind === "resync" || poke.kind === "stream") devices.listWork.wake();
				delivery.heard(poke);
			});
			bid = dependencies.leadership.lead(async (signal) => {
				log.debug({}, "this process speaks with other servers");
				await Promise.all([work, arrivingWork, delivery, devices.listWork].map((each) => each.run(signal)));
			});
		},
		/** Ends what is under way; what waits is on the disk. */
		stop: async (): Promise<void> => {
			unsubscribe?.();
			await bid?.stop();
		},
	};
};

/** Servers repeat a transaction until it is answered; who comes back after days has begun anew. */
const answersHeldMs = 7 * 86_400_000;

export type EventExchange = ReturnType<typeof createEventExchange>;
