/** A host that somebody could mean, typed to its end: with an ending of two letters, a port, or an address in brackets. */
const whole =
	/^([^\s:]+\.[^\s:.]{2,}|\[[0-9a-fA-F:.]+\]|[^\s:]+:\d{2,5}|\[[0-9a-fA-F:.]+\]:\d{2,5}|[^\s:]+\.[^\s:.]{2,}:\d{1,5})$/;

/**
 * The server in a whole id or address (`@name:server`, `#name:server`) of another server than one's own; `undefined` for
 * everything else, and while it is being typed.
 */
export function serverElsewhere(text: string, sign: "@" | "#", ownServer: string | undefined): string | undefined {
	const at = text.indexOf(":");
	if (ownServer === undefined || !text.startsWith(sign) || at < 2) return undefined;
	const server = text.slice(at + 1);
	return server !== ownServer && whole.test(server) ? server : undefined;
}
