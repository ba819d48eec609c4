/**
 * Whether a script could not be fetched because the server no longer has it, as after an update: it answers, and with
 * something else. Where nobody answers, or the server says that it is in trouble, nothing is known.
 */
export async function isScriptGone(error: unknown, ask: Ask = askServer): Promise<boolean> {
	const address = scriptIn(error);
	if (address === undefined) return false;
	try {
		const { status, contentType } = await ask(address);
		if (status === 404 || status === 410) return true;
		return status === 200 && !/javascript|css/.test(contentType);
	} catch {
		return false;
	}
}

type Ask = (address: string) => Promise<{ readonly status: number; readonly contentType: string }>;

/** Which script it was stands in the words of the bundler's error alone. */
function scriptIn(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	return /\/_next\/static\/[\w./~%-]+\.(?:js|css)/.exec(error.message)?.[0];
}

async function askServer(address: string): Promise<{ readonly status: number; readonly contentType: string }> {
	const answer = await fetch(address, { method: "HEAD", cache: "no-store" });
	return { status: answer.status, contentType: answer.headers.get("content-type") ?? "" };
}
