import { checkPair } from "./check-pair.ts";
import { openPeers } from "./peers.ts";
import { allScenarios } from "./scenarios.ts";
import { startKithAndSynapse } from "./start-kith-and-synapse.ts";

const peers = await openPeers();

checkPair({
	versions: ["10", "11", "12"],
	makers: ["first", "second"],
	names: { first: "Kith", second: "Synapse" },
	scenarios: allScenarios,
	start: (version) => startKithAndSynapse(peers, version),
});
