import type { RoomEvent } from "../events/room-event.ts";

/** What a room's policy server says about an event. */
export type PolicyRecommendation =
	| { readonly kind: "recommended" }
	| { readonly kind: "notRecommended"; readonly detail: string };

/** Asks the policy server that a room's current state names. Matrix v1.19 Server-Server API, "Policy Servers". */
export interface PolicyServer {
	/** Checks the policy server's signature, asking for one where it lacks; a room without policy server recommends all. */
	recommendation(event: RoomEvent): Promise<PolicyRecommendation>;
}
