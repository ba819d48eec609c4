const ownScripts = /^\/_next\/static\/|^\/(?:crypto|media|ollama|search)-engine\/worker\.js$/;

/**
 * The address that a script element or a worker may get: one of this app's own build files, on this origin. Anything else
 * is `undefined`, which a Trusted Types policy turns into a refusal.
 */
export function ownScriptAddress(address: string, origin: string): string | undefined {
	if (!URL.canParse(address, origin)) return undefined;
	const url = new URL(address, origin);
	const isOwnFile = url.origin === origin && ownScripts.test(url.pathname);
	return isOwnFile ? address : undefined;
}

/**
 * Next's route loader sets the `src` of a script from a plain text, which Trusted Types refuse unless a `default` policy
 * answers for it. This one answers for script addresses alone: markup and script text from strings stay refused.
 */
export function allowOwnScripts(): void {
	if (typeof window === "undefined") return;
	const { trustedTypes } = window as { trustedTypes?: PolicyFactory };
	trustedTypes?.createPolicy("default", {
		createScriptURL: (address) => ownScriptAddress(address, location.origin),
	});
}

interface PolicyFactory {
	createPolicy(name: string, rules: { createScriptURL: (address: string) => string | undefined }): unknown;
}
