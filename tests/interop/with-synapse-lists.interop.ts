import { checkPair } from "./check-pair.ts";
import { openPeers } from "./peers.ts";
import { serverListScenarios } from "./scenarios/server-lists.ts";
import { startKithAndSynapse } from "./start-kith-and-synapse.ts";

const peers = await openPeers();

checkPair({
	versions: ["10", "11", "12"],
	makers: ["first", "second"],
	names: { first: "Kith", second: "Synapse" },
	scenarios: serverListScenarios,
	start: (version) => startKithAndSynapse(peers, version, "127.0.0.1"),
});
