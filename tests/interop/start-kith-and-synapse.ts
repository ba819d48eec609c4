import type { StartedPair } from "./check-pair.ts";
import type { RoomWishes } from "./homeserver.ts";
import type { Peers } from "./peers.ts";
import { startTestKiths } from "./test-kith.ts";

/** A Kith of its own, by this name for the machine, and the first of the Synapses that run. */
export const startKithAndSynapse = async (
	peers: Peers,
	roomVersion: RoomWishes["version"],
	host = "localhost",
): Promise<StartedPair> => {
	const kiths = await startTestKiths(1, { roomVersion, peers, hosts: [host] });
	const [kith] = kiths.all;
	const [synapse] = peers.synapses;
	if (kith === undefined || synapse === undefined) throw new Error("a Kith and a Synapse are needed");
	return { first: kith, second: synapse, [Symbol.asyncDispose]: () => kiths[Symbol.asyncDispose]() };
};
