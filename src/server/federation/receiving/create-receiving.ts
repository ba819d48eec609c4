import { type ImportInput, importRoom } from "./import-room.ts";
import { receiveAll, receiveAtOnce } from "./receive-all.ts";
import { receiveEvent } from "./receive-event.ts";
import type { ReceiveInput } from "./received.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import { storeArrived } from "./store-outliers.ts";

/** Taking in what other servers send, bound to what it stands on. */
export const createReceiving = (dependencies: ReceivingDependencies) => ({
	receive: (input: ReceiveInput) => receiveEvent(dependencies, input),
	receiveAll: (inputs: readonly ReceiveInput[]) => receiveAll(dependencies, inputs),
	receiveAtOnce: (inputs: readonly ReceiveInput[], transactionOf: Parameters<typeof receiveAtOnce>[2]) =>
		receiveAtOnce(dependencies, inputs, transactionOf),
	storeArrived: (input: Parameters<typeof storeArrived>[1]) => storeArrived(dependencies, input),
	importRoom: (input: ImportInput) => importRoom(dependencies, input),
});

export type Receiving = ReturnType<typeof createReceiving>;
