import { join } from "node:path";
import { type KithHomeserver, startKithHomeserver } from "../kith/kith-homeserver.ts";
import { testFolder, writeOwnCertificate } from "../test-kith.ts";
import { type HostilePeer, startHostilePeer } from "./hostile-peer.ts";

/** A Kith, and two servers that mean it no good. */
export interface HostileSetting extends AsyncDisposable {
	readonly kith: KithHomeserver;
	readonly peer: HostilePeer;
	readonly other: HostilePeer;
	/** One more, with a name that Kith has not met. */
	startPeer(): Promise<HostilePeer>;
}

export const hostileSetting = async (): Promise<HostileSetting> => {
	const folder = await testFolder();
	const trust = await writeOwnCertificate(folder.path);
	const startPeer = () => startHostilePeer(trust.tls);
	const kith = await startKithHomeserver({ ...trust, dataFolder: join(folder.path, "kith"), roomVersion: "12" });
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
