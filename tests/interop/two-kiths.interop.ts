import { checkPair } from "./check-pair.ts";
import { scenarios, strictScenarios } from "./scenarios.ts";
import { startTwoKiths } from "./start-two-kiths.ts";

checkPair({
	versions: ["12"],
	makers: ["first"],
	names: { first: "one Kith", second: "the other Kith" },
	scenarios: [...scenarios, ...strictScenarios],
	start: (version) => startTwoKiths(version),
});
