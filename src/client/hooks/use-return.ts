import { useSyncExternalStore } from "react";
import { wantedAddress } from "../../shared/return-address.ts";

/** Where the person wanted to go before they had to sign in; known in the browser only. */
export function useReturn(): string {
	return useSyncExternalStore(
		subscribe,
		() => wantedAddress(location.search, location.origin),
		() => "/chat",
	);
}

/** The address stays as it is while the page is open. */
function subscribe(): () => void {
	return () => undefined;
}
