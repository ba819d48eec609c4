import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { Edu } from "../../../../federation/transport/transaction.ts";
import type { RemoteKeys } from "../../keys/public.ts";
import { claimRemoteKeys } from "./claim-remote-keys.ts";
import type { DevicesDependencies } from "./devices-dependencies.ts";
import { queryRemoteKeys } from "./query-remote-keys.ts";
import { receiveDeviceEdus } from "./receive-device-edus.ts";
import { createListWork } from "./work-on-lists.ts";

/** Devices and messages to them across servers, bound to what they stand on. */
export const createDeviceExchange = (dependencies: DevicesDependencies) => {
	const remoteKeys: RemoteKeys = {
		query: (asked) => queryRemoteKeys(dependencies, asked),
		claim: (wanted) => claimRemoteKeys(dependencies, wanted),
	};
	return {
		remoteKeys,
		/** Everything is on the disk when it resolves. */
		receive: (origin: ServerName, edus: readonly Edu[]) => receiveDeviceEdus(dependencies, origin, edus),
		listWork: createListWork(dependencies),
	};
};

export type DeviceExchange = ReturnType<typeof createDeviceExchange>;
