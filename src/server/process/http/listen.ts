import type { Server } from "node:http";
import { StartupError } from "../startup-error.ts";

/** Opens the port, or says in one line why not. */
export function listen(
	server: Server,
	{ host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
		server.listen(port, host, resolve);
	});
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
	if (error.code === "EADDRINUSE") {
		return new StartupError(
			"port-taken",
			`KITH_PORT: another program listens on port ${port} — example: KITH_PORT=${port < 65_535 ? port + 1 : 3000}`,
			error,
		);
	}
	if (error.code === "EACCES") {
		return new StartupError(
			"port-taken",
			`KITH_PORT: this user may not open port ${port} — example: KITH_PORT=3000`,
			error,
		);
	}
	if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
		return new StartupError(
			"port-taken",
			`KITH_HOST: ${host} is no address of this machine — example: KITH_HOST=0.0.0.0`,
			error,
		);
	}
	return error;
}
