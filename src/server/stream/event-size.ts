import type { WireEvent } from "../../shared/wire/event.ts";

/** Ids, times and names of one event. */
const envelopeBytes = 400;

const sizes = new WeakMap<WireEvent, number>();

/** About how much memory an event takes; counted once, however many readers it waits for. */
export const sizeOfEvent = (event: WireEvent): number => {
	const known = sizes.get(event);
	if (known !== undefined) return known;
	const sizeBytes = envelopeBytes + JSON.stringify(event.content).length;
	sizes.set(event, sizeBytes);
	return sizeBytes;
};
