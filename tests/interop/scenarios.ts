import type { Scenario } from "./scenario.ts";
import { historyScenarios } from "./scenarios/history.ts";
import { membershipScenarios } from "./scenarios/membership.ts";
import { messageScenarios } from "./scenarios/messages.ts";
import { presenceScenarios } from "./scenarios/presence.ts";
import { roomStateScenarios } from "./scenarios/room-state.ts";
import { roomsElsewhereScenarios } from "./scenarios/rooms-elsewhere.ts";
import { endedKnockScenarios, waysInScenarios } from "./scenarios/ways-in.ts";

/** What is done between any two servers, as far as it takes seconds. */
export const scenarios: readonly Scenario[] = [
	...membershipScenarios,
	...waysInScenarios,
	...messageScenarios,
	...presenceScenarios,
	...roomStateScenarios,
	...roomsElsewhereScenarios,
];

/** And what takes longer. */
export const allScenarios: readonly Scenario[] = [...scenarios, ...historyScenarios];

/** What only two servers do that keep to all of the specification. */
export const strictScenarios: readonly Scenario[] = [...endedKnockScenarios];
