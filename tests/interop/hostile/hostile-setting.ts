import { join } from "node:path";
import { type KithHomeserver, startKithHomeserver } from "../kith/kith-homeserver.ts";
import { testFolder, writeOwnCertificate } from "../test-kith.ts";
import { type HostilePeer, startHostilePeer } from "./hostile-peer.ts";

/** A Kith, and two servers that mean it no good. */
export interface HostileSetting extends AsyncDisposable {
	readonly kith: KithHomeserver;
	readonly peer: HostilePeer;
	readonly other: HostilePeer;
	/** One more, with a name that Kith has not met; `host`: how it spells where it is. */
	startPeer(host?: string): Promise<HostilePeer>;
}

/** `kithHost`: what the Kith calls the machine in its name. */
export const hostileSetting = async (kithHost?: string): Promise<HostileSetting> => {
	const folder = await testFolder();
	const trust = await writeOwnCertificate(folder.path, ["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
	const startPeer = (host?: string) => startHostilePeer(trust.tls, host);
	const named = kithHost === undefined ? {} : { host: kithHost };
	const dataFolder = join(folder.path, "kith");
	const kith = await startKithHomeserver({ ...trust, ...named, dataFolder, roomVersion: "12" });
	const [peer, other] = await Promise.all([startPeer(), startPeer()]);
	return {
		kith,
		peer,
		other,
		startPeer,
		[Symbol.asyncDispose]: async () => {
			await Promise.all([peer, other, kith].map((each) => each[Symbol.asyncDispose]()));
			await folder[Symbol.asyncDispose]();
		},
	};
};
