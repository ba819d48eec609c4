import type { Scenario } from "./scenario.ts";
import { membershipScenarios } from "./scenarios/membership.ts";
import { messageScenarios } from "./scenarios/messages.ts";
import { roomStateScenarios } from "./scenarios/room-state.ts";

/** Everything that is done between any two servers. */
export const scenarios: readonly Scenario[] = [...membershipScenarios, ...messageScenarios, ...roomStateScenarios];
