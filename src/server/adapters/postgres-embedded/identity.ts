import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { StartupError } from "../../process/startup-error.ts";

/** Who PostgreSQL runs as; undefined: whoever runs Kith. */
export interface Identity {
	readonly uid: number;
	readonly gid: number;
}

const userNames = ["postgres", "kith-postgres"];

/**
 * Root has to choose somebody else: the owner of the cluster that is there, else the machine's `postgres`, else a system
 * user made for the purpose.
 */
export function chooseIdentity(clusterFolder: string): Identity | undefined {
	if (process.getuid?.() !== 0) return undefined;
	if (existsSync(clusterFolder)) {
		const { uid, gid } = statSync(clusterFolder);
		if (uid !== 0) return { uid, gid };
	}
	return findUser() ?? makeUser();
}

function findUser(): Identity | undefined {
	if (!existsSync("/etc/passwd")) return undefined;
	const lines = readFileSync("/etc/passwd", "utf8").split("\n");
	for (const name of userNames) {
		const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
		if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
	}
	return undefined;
}

function makeUser(): Identity {
	const [, name = ""] = userNames;
	spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]);
	const made = findUser();
	if (made !== undefined) return made;
	throw new StartupError(
		"no-access",
		`PostgreSQL does not run as root and no user could be made for it: add one with "useradd --system ${name}", or start Kith as an ordinary user`,
	);
}

/** Whether the identity may enter every folder down to the path, by the permission bits. */
export function canReach(path: string, identity: Identity): boolean {
	for (let folder = dirname(path); ; folder = dirname(folder)) {
		const { mode, uid, gid } = statSync(folder);
		const enter = uid === identity.uid ? 0o100 : gid === identity.gid ? 0o010 : 0o001;
		if ((mode & enter) === 0) return false;
		if (folder === dirname(folder)) return true;
	}
}
