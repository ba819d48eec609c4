import { type ImportInput, importRoom } from "./import-room.ts";
import { type ReceiveInput, receiveEvent } from "./receive-event.ts";
import type { ReceivingDependencies } from "./receiving-dependencies.ts";
import { storeOutliers } from "./store-outliers.ts";

/** Taking in what other servers send, bound to what it stands on. */
export const createReceiving = (dependencies: ReceivingDependencies) => ({
	receive: (input: ReceiveInput) => receiveEvent(dependencies, input),
	storeOutliers: (input: Parameters<typeof storeOutliers>[1]) => storeOutliers(dependencies, input),
	importRoom: (input: ImportInput) => importRoom(dependencies, input),
});

export type Receiving = ReturnType<typeof createReceiving>;
