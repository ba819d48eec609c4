import { checkPair } from "./check-pair.ts";
import { serverListScenarios } from "./scenarios/server-lists.ts";
import { startTwoKiths } from "./start-two-kiths.ts";

checkPair({
	versions: ["10", "11", "12"],
	makers: ["first"],
	names: { first: "one Kith", second: "the other Kith" },
	scenarios: serverListScenarios,
	start: (version) => startTwoKiths(version, ["localhost", "127.0.0.1"]),
});
