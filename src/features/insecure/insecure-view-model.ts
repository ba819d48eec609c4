import { useEffect, useState, useSyncExternalStore } from "react";
import { httpClient } from "../../client/trpc/http-client.ts";
import type { InsecureProps } from "./insecure-view.tsx";

const storageKey = "kith.unprotected";

/**
 * Whether the page is open at an address that browsers do not protect (plain http on a network), and nobody has chosen
 * to go on there in this window. Undefined: there is nothing to say.
 */
export function useInsecureAddress(): InsecureProps | undefined {
	const isInsecure = useSyncExternalStore(neverChanges, isUnprotected, () => false);
	const [isAccepted, setAccepted] = useState(false);
	const [publicOrigin, setPublicOrigin] = useState<string | undefined>();
	useEffect(() => {
		if (!isInsecure) return;
		const stop = new AbortController();
		httpClient.registrationPolicy(stop.signal).then(
			(policy) => setPublicOrigin(policy.publicOrigin),
			() => undefined,
		);
		return () => stop.abort();
	}, [isInsecure]);
	if (!isInsecure || isAccepted) return undefined;
	const isElsewhere = publicOrigin?.startsWith("https:") === true;
	return {
		host: location.hostname,
		port: location.port === "" ? "80" : location.port,
		secureAddress: isElsewhere ? publicOrigin : undefined,
		onContinue: isElsewhere
			? undefined
			: () => {
					sessionStorage.setItem(storageKey, "accepted");
					setAccepted(true);
				},
	};
}

function isUnprotected(): boolean {
	return !isSecureContext && sessionStorage.getItem(storageKey) === null;
}

function neverChanges(): () => void {
	return () => undefined;
}
