/**
 * When the opening of an event was last begun. What comes while it is being opened may be just what it needed, and comes
 * before anybody sees that it stayed closed.
 */
import type { WireEvent } from "../../shared/wire/event.ts";

const begun = new WeakMap<WireEvent, number>();

/** An event is about to be opened, as it came. Milliseconds of this page's clock. */
export function noteTry(event: WireEvent, atMs: number): void {
	begun.set(event, atMs);
}

/** Undefined where nobody tried on this page. */
export function triedAt(event: WireEvent): number | undefined {
	return begun.get(event);
}
