/**
 * `npm run bench:federation`: two built servers, over TLS, as people run them; beside them two Synapses on the same disk,
 * found by the variables of tests/interop/README.md. Without those it says so and leaves the ratios out.
 *
 *   --only send,rate      some of the benches: send, rate, join, catchup, slow, destinations, flood
 *   --json FILE           the figures as an array of { id, value, unit, target, holds }
 */
import { parseArgs } from "node:util";
import { openPeers, peerVariables } from "../interop/peers.ts";
import { testFolder, writeOwnCertificate } from "../interop/test-kith.ts";
import { benchCatchUp } from "./federation/benches/catch-up.ts";
import { benchFlood } from "./federation/benches/flood.ts";
import { benchLargeJoin } from "./federation/benches/large-join.ts";
import { benchManyDestinations } from "./federation/benches/many-destinations.ts";
import { benchRemoteRate } from "./federation/benches/remote-rate.ts";
import { benchRemoteSend } from "./federation/benches/remote-send.ts";
import { benchSlowPeer } from "./federation/benches/slow-peer.ts";
import type { FederationContext } from "./federation/federation-context.ts";
import type { Figure } from "./figure.ts";
import { reportFigures } from "./report-figures.ts";
import { describeMachine } from "./table.ts";

const benches: Readonly<Record<string, (context: FederationContext) => Promise<readonly Figure[]>>> = {
	send: benchRemoteSend,
	rate: benchRemoteRate,
	join: benchLargeJoin,
	catchup: benchCatchUp,
	slow: benchSlowPeer,
	destinations: benchManyDestinations,
	flood: benchFlood,
};

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
const names = values.only?.split(",") ?? Object.keys(benches);
const unknown = names.filter((name) => benches[name] === undefined);
if (unknown.length > 0) throw new Error(`no bench ${unknown.join(", ")}: there are ${Object.keys(benches).join(", ")}`);

// The servers under way end with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

console.log(describeMachine());
await using folder = await testFolder();
const context = await findPeers(folder.path);
const figures: Figure[] = [];
for (const name of names) figures.push(...((await benches[name]?.(context)) ?? []));
await reportFigures(figures, values.json);

async function findPeers(path: string): Promise<FederationContext> {
	const say = (line: string): void => console.log(`  ${line}`);
	const missing = peerVariables.filter((name) => (process.env[name] ?? "") === "");
	const peers = missing.length === 0 ? await openPeers() : undefined;
	const [one, other] = peers?.synapses ?? [];
	if (peers !== undefined && one !== undefined && other !== undefined)
		return { trust: peers, synapses: [one, other], say };
	say(`nothing to compare with (${missing.length > 0 ? `${missing.join(", ")} not set` : "two Synapses are needed"})`);
	return { trust: peers ?? (await writeOwnCertificate(path)), synapses: undefined, say };
}
