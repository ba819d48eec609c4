import { checkPair } from "./check-pair.ts";
import { historyScenarios } from "./scenarios/history.ts";
import { startTwoKiths } from "./start-two-kiths.ts";

checkPair({
	versions: ["12"],
	makers: ["first"],
	names: { first: "one Kith", second: "the other Kith" },
	scenarios: historyScenarios,
	start: (version) => startTwoKiths(version),
});
