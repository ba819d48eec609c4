import { checkPair } from "./check-pair.ts";
import { allScenarios, strictScenarios } from "./scenarios.ts";
import { startTwoKiths } from "./start-two-kiths.ts";

checkPair({
	versions: ["10", "11"],
	makers: ["first"],
	names: { first: "one Kith", second: "the other Kith" },
	scenarios: [...allScenarios, ...strictScenarios],
	start: (version) => startTwoKiths(version),
});
