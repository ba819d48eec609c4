import type { WireEvent } from "../../shared/wire/event.ts";
import type { UnreadableReason } from "../../shared/wire/unreadable-reasons.ts";

/** Why an encrypted event shows no words: what the engine says of it, or that there is none. */
export type ClosedReason =
	| UnreadableReason
	/** The engine is about to start. */
	| "starting"
	/** This browser has no engine. */
	| "no-engine";

/** What is known of an event that came encrypted. */
export type EventSeal =
	| {
			readonly kind: "open";
			/** Somebody vouches for the device that sent it. */
			readonly isVouched: boolean;
	  }
	| {
			readonly kind: "closed";
			readonly reason: ClosedReason;
			/** The session whose key is missing. */
			readonly sessionId?: string;
			/** The event as it came, to be tried again. */
			readonly event: WireEvent;
	  };

/** An event that passed the cipher. One that came encrypted says so, and is else as if it had come in clear. */
export type OpenedEvent = WireEvent & { readonly seal?: EventSeal };

/** How an event came; `undefined`: in clear. */
export function sealOf(event: WireEvent): EventSeal | undefined {
	return (event as OpenedEvent).seal;
}

/** The reason for which an event shows no words. */
export function closedReasonOf(event: WireEvent): ClosedReason | undefined {
	const seal = sealOf(event);
	return seal?.kind === "closed" && event.redactedBy === undefined ? seal.reason : undefined;
}
