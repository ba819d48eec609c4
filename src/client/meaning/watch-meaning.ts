import type { WireEvent } from "../../shared/wire/event.ts";
import { clientStore } from "../store/client-store.ts";
import { meaningChoice } from "./meaning-choice.ts";
import { forgetWhereUnwanted } from "./read-meaning.ts";

/** Lets go of what the server made of a chat as soon as this page hears that its people want no assistant any more. */
export function watchMeaning(signal: AbortSignal): void {
	const seen = new Map<string, readonly WireEvent[]>();
	const heard = new Map<string, string>();
	const look = (): void => {
		const { rooms } = clientStore.get();
		for (const roomId of meaningChoice.get()?.roomIds ?? []) {
			const events = rooms.get(roomId)?.timeline.events ?? [];
			if (seen.get(roomId) === events) continue;
			seen.set(roomId, events);
			const decision = events.findLast(({ type }) => type === "kith.assistant")?.eventId;
			if (decision === undefined || heard.get(roomId) === decision) continue;
			heard.set(roomId, decision);
			void forgetWhereUnwanted(roomId);
		}
	};
	look();
	const ends = [clientStore.subscribe(look), meaningChoice.subscribe(look)];
	signal.addEventListener("abort", () => {
		for (const end of ends) end();
	});
}
