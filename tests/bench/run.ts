/**
 * `npm run bench`: measures the built server as people run it, with the PostgreSQL and the settings that ship, over real
 * sockets; this process is the client. Accounts and sessions are put in place behind the API; everything measured goes
 * through it.
 *
 *   --only append,send    some of the benches
 *   --json FILE           the figures as an array of { id, value, unit, target, holds }
 *   --peer synapse        also a Synapse on the same disk, found by KITH_PEER_SYNAPSE_URLS, …_SECRET and KITH_PEER_CA
 */
import { parseArgs } from "node:util";
import type { BenchContext } from "./bench-context.ts";
import { benchAppend } from "./benches/append.ts";
import { benchFanout } from "./benches/fanout.ts";
import { benchKeys } from "./benches/keys.ts";
import { benchMemory } from "./benches/memory.ts";
import { benchResolutionTime } from "./benches/resolution.ts";
import { benchRoom } from "./benches/room.ts";
import { benchSend } from "./benches/send.ts";
import { benchStorage } from "./benches/storage.ts";
import { benchSyncStart } from "./benches/sync-start.ts";
import type { Figure } from "./figure.ts";
import type { Peer } from "./peer/peer.ts";
import { findSynapse } from "./peer/synapse-peer.ts";
import { reportFigures } from "./report-figures.ts";
import { describeMachine } from "./table.ts";

const benches: Readonly<Record<string, (context: BenchContext) => Promise<readonly Figure[]>>> = {
	append: benchAppend,
	send: benchSend,
	fanout: benchFanout,
	keys: benchKeys,
	sync: benchSyncStart,
	room: benchRoom,
	resolution: benchResolutionTime,
	storage: benchStorage,
	memory: benchMemory,
};

const { values } = parseArgs({
	options: { only: { type: "string" }, json: { type: "string" }, peer: { type: "string" } },
});
const names = values.only?.split(",") ?? Object.keys(benches);
const unknown = names.filter((name) => benches[name] === undefined);
if (unknown.length > 0) throw new Error(`no bench ${unknown.join(", ")}: there are ${Object.keys(benches).join(", ")}`);

// The servers under way end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const say = (line: string): void => console.log(`  ${line}`);
console.log(describeMachine());
const peer = await findPeer(values.peer);
const figures: Figure[] = [];
for (const name of names) {
	figures.push(...((await benches[name]?.({ peer, say })) ?? []));
}
await reportFigures(figures, values.json);

async function findPeer(name: string | undefined): Promise<Peer | undefined> {
	if (name !== undefined && name !== "synapse") throw new Error(`no peer ${name}: there is synapse`);
	const found = name === undefined ? { missing: "no --peer was asked for" } : await findSynapse(process.env);
	if (!("missing" in found)) return found;
	console.log(`  nothing to compare with (${found.missing}): the ratios are left out`);
	return undefined;
}
