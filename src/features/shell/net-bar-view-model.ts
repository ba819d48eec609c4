import { settleDrafts } from "../../client/drafts/keep-drafts.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { useSecondsUntil } from "../../client/hooks/use-seconds-until.ts";
import { netState } from "../../client/sync/page-net.ts";
import { waits } from "../../client/trpc/waits.ts";
import type { NetBarProps } from "./net-bar-view.tsx";

/** How the page stands with its server, and the way to try now. */
export function useNetBar(): NetBarProps {
	const state = useObservable(netState, (known) => known);
	const nextAt = useObservable(waits.nextAt, (at) => at);
	const secondsLeft = useSecondsUntil(state === "reconnecting" ? nextAt : undefined);
	return { state, secondsLeft, onTryNow: waits.hurry, onReload: reload };
}

/** What waits to be sent is kept as soon as it is written, what is still being typed is now. */
function reload(): void {
	const go = (): void => location.reload();
	settleDrafts().then(go, go);
}
