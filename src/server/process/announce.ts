import type { Environment } from "../../env.ts";

const everyAddress = new Set(["0.0.0.0", "::", "127.0.0.1", "::1"]);

/** Where people reach this server. */
export function addressOf({ host, port, publicOrigin }: Pick<Environment, "host" | "port" | "publicOrigin">): string {
	if (publicOrigin !== undefined) return publicOrigin;
	const name = everyAddress.has(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
	return `http://${name}:${port}`;
}

/**
 * The lines for whoever started the server. They hold a token the first time, so they never go to the log; behind the `#`
 * it stays in the browser, out of every log on the way here.
 */
export function announcement(address: string, ownerToken: string | undefined): string {
	const lines = [`Kith runs at ${address}`];
	if (ownerToken !== undefined) {
		lines.push(
			"Nobody owns this server yet. This link makes the owner's account, once:",
			`${address}/sign-up#token=${encodeURIComponent(ownerToken)}`,
		);
	}
	return `${lines.join("\n")}\n`;
}
