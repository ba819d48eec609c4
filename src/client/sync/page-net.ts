import { pageOutdated } from "../../shared/page-age.ts";
import { watchWayOut } from "../outbox/client-outbox.ts";
import { clientStore } from "../store/client-store.ts";
import { waits } from "../trpc/waits.ts";
import { createNetWatch } from "./net-state.ts";

const net = createNetWatch((callback, delayMs) => {
	const timer = setTimeout(callback, delayMs);
	return () => clearTimeout(timer);
});

/** What this page says about its connection; it lasts from one screen to the next. */
export const netState = net.state;

/** Follows the connection, and tries it at once whenever the network may be there again. */
export function watchNet(signal: AbortSignal): void {
	const note = (): void =>
		net.note({
			connection: clientStore.get().connection.kind,
			isDeviceOnline: navigator.onLine,
			isOutdated: pageOutdated.aborted,
		});
	const stops = [clientStore.subscribe(note), watchWayOut(waits.hurry)];
	addEventListener("online", note, { signal });
	addEventListener("offline", note, { signal });
	pageOutdated.addEventListener("abort", note, { signal });
	signal.addEventListener("abort", () => {
		for (const stop of stops) stop();
	});
	note();
}
