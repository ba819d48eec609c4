import { existsSync } from "node:fs";
import { join } from "node:path";
import { StartupError } from "../../process/startup-error.ts";
import { canReach, type Identity } from "./identity.ts";

/** What to hand to `spawn` so that the program runs as somebody else. */
export interface Command {
	readonly file: string;
	readonly args: readonly string[];
	readonly options: { readonly uid?: number; readonly gid?: number };
}

/** English messages, whatever the machine speaks, and no variable of the server's; Windows needs its own. */
export const programEnvironment =
	process.platform === "win32" ? undefined : ({ LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv);

export interface RunAs {
	readonly identity: Identity | undefined;
	/** What the program has to be able to reach, beside itself. */
	readonly paths: readonly string[];
}

/**
 * Runs a program as the identity. Where a folder above it is closed to that identity (a clone in /root, say), the program
 * keeps one right of root's, to pass closed folders, and no other.
 */
export function runAs(file: string, args: readonly string[], { identity, paths }: RunAs): Command {
	if (identity === undefined) return { file, args, options: {} };
	const closed = [file, ...paths].find((path) => !canReach(path, identity));
	if (closed === undefined) return { file, args, options: { uid: identity.uid, gid: identity.gid } };
	const setpriv = findProgram("setpriv");
	if (setpriv === undefined) {
		throw new StartupError(
			"no-access",
			`PostgreSQL does not run as root, and its user (uid ${identity.uid}) may not enter the folders above ${closed}: move Kith to /opt or /srv, install setpriv (util-linux), or start Kith as an ordinary user`,
		);
	}
	const right = "+dac_read_search";
	const who = [`--reuid=${identity.uid}`, `--regid=${identity.gid}`, "--clear-groups"];
	// Without the bit, the question whether a file may be used (`access`) is answered as if the right were not there.
	const rights = ["--securebits=+no_setuid_fixup", `--inh-caps=${right}`, `--ambient-caps=${right}`];
	return { file: setpriv, args: [...who, ...rights, "--", file, ...args], options: {} };
}

function findProgram(name: string): string | undefined {
	const folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];
	return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
