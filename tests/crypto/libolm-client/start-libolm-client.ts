import Olm from "@matrix-org/olm";
import type { CryptoServer } from "../crypto-client.ts";
import { createLibolmClient, type LibolmClient } from "./libolm-client.ts";

/** A client on libolm, for whoever has not made the library ready. */
export const startLibolmClient = async (
	device: { readonly userId: string; readonly deviceId: string },
	server: CryptoServer,
): Promise<LibolmClient> => {
	await Olm.init();
	return createLibolmClient(device, server);
};
