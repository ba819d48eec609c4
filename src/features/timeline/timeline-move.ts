import type { ScrollPlace } from "./scroll-places.ts";

/** Somewhere to go in the conversation, once. */
export interface TimelineMove {
	readonly id: number;
	readonly to:
		| { readonly kind: "event"; readonly eventId: string }
		| { readonly kind: "place"; readonly place: ScrollPlace }
		| { readonly kind: "end" };
}
