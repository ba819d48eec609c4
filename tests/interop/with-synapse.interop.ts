import { checkPair } from "./check-pair.ts";
import { openPeers } from "./peers.ts";
import { scenarios } from "./scenarios.ts";
import { startTestKiths } from "./test-kith.ts";

const peers = await openPeers();

checkPair({
	versions: ["10", "11", "12"],
	makers: ["first", "second"],
	names: { first: "Kith", second: "Synapse" },
	scenarios,
	start: async (roomVersion) => {
		const kiths = await startTestKiths(1, { roomVersion, peers });
		const [kith] = kiths.all;
		const [synapse] = peers.synapses;
		if (kith === undefined || synapse === undefined) throw new Error("a Kith and a Synapse are needed");
		return { first: kith, second: synapse, [Symbol.asyncDispose]: () => kiths[Symbol.asyncDispose]() };
	},
});
