import { useSyncExternalStore } from "react";

/** False on a page that came from the server and whose script does not run yet: what is pressed then nobody hears. */
export function useHasScript(): boolean {
	return useSyncExternalStore(
		neverChanges,
		() => true,
		() => false,
	);
}

function neverChanges(): () => void {
	return () => undefined;
}
