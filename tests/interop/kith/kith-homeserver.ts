import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Person as AddedPerson, addPeople } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { openServerDatabase } from "../../server-process/server-database.ts";
import {
	findFreePort,
	portOf,
	type ServerProcess,
	type ServerTls,
	startServerProcess,
} from "../../server-process/start-server-process.ts";
import type { Homeserver, Person } from "../homeserver.ts";
import { createKithPerson } from "./kith-person.ts";

/** A Kith of its own: process, data directory, PostgreSQL, name and TLS. */
export interface KithHomeserver extends Homeserver, AsyncDisposable {
	readonly dataFolder: string;
	/** Of its process now. */
	readonly pid: number;
	/** What vouches for its certificate, in PEM. */
	readonly ca: string;
	kill(): Promise<void>;
	stop(): Promise<void>;
	/** Starts it again, as the same server. */
	restart(): Promise<void>;
	/** Somebody who has an account already. */
	personOf(account: KithAccount): Person;
}

/** An account and the `Cookie` header of a device of it. */
export type KithAccount = Pick<AddedPerson, "userId" | "cookie">;

export interface KithOptions {
	readonly dataFolder: string;
	readonly tls: ServerTls;
	/** In PEM: who vouches for the others; absent: whoever vouches for this one. */
	readonly caFile: string;
	readonly roomVersion: "10" | "11" | "12";
	/** Absent: a free one. */
	readonly port?: number;
	/** What it calls this machine in its name; absent: `localhost`, by which people reach it anyway. */
	readonly host?: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** Starts a Kith that other servers on this machine reach as `localhost:PORT`. */
export async function startKithHomeserver(options: KithOptions): Promise<KithHomeserver> {
	const { dataFolder, tls } = options;
	const port = options.port ?? (await findFreePort());
	const name = `${options.host ?? "localhost"}:${port}`;
	const start = (): Promise<ServerProcess> =>
		startServerProcess({
			dataFolder,
			tls,
			port,
			env: {
				KITH_HOST: "localhost",
				KITH_SERVER_NAME: name,
				KITH_PUBLIC_URL: `https://localhost:${port}`,
				KITH_ROOM_VERSION: options.roomVersion,
				KITH_FEDERATION_CA: options.caFile,
				KITH_FEDERATION_NETWORKS: "127.0.0.0/8,::1/128",
				KITH_WRITES_PER_MINUTE: "0",
				...options.env,
			},
		});
	let running = await start();
	const closing: (() => void)[] = [];
	let registered = 0;
	const personOf = ({ userId, cookie }: KithAccount): Person => {
		const { origin } = running;
		const caller = createHttpCaller(origin, cookie, tls.ca);
		closing.push(caller.close);
		return createKithPerson({ caller, userId, origin, cookie, ca: tls.ca });
	};
	return {
		name,
		software: `Kith ${await ownVersion()}`,
		dataFolder,
		ca: tls.ca,
		get pid() {
			return running.pid;
		},
		register: async (localpart) => {
			registered += 1;
			const [person] = await addPeople(dataFolder, [`${localpart}-${registered}`], { isSecure: true });
			if (person === undefined) throw new Error("one person was asked for");
			return personOf(person);
		},
		personOf,
		sharePresence: async () => {
			const owner = await addOwner(dataFolder);
			const caller = createHttpCaller(running.origin, owner.cookie, tls.ca);
			await caller.mutate("admin.setPresenceSharing", { isShared: true });
			caller.close();
		},
		kill: () => running.kill(),
		stop: async () => void (await running.stop()),
		restart: async () => {
			running = await start();
			if (portOf(running) !== port) throw new Error("the server came back under another name");
		},
		[Symbol.asyncDispose]: async () => {
			for (const close of closing) close();
			await running[Symbol.asyncDispose]();
		},
	};
}

/** Somebody who may change what this server wants to do with others. */
const addOwner = async (dataFolder: string): Promise<AddedPerson> => {
	const [owner] = await addPeople(dataFolder, [`owner-${randomUUID()}`], { isSecure: true });
	if (owner === undefined) throw new Error("one person was asked for");
	await using client = await openServerDatabase(dataFolder);
	await client.query("UPDATE users SET is_owner = true WHERE id = $1", [owner.userId]);
	return owner;
};

const ownVersion = async (): Promise<string> => {
	const manifest: { version: string } = JSON.parse(await readFile("package.json", "utf8"));
	return manifest.version;
};
