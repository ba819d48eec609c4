import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { SignatureVerifier } from "../../../../federation/ports/signature-verifier.ts";
import type { Log } from "../../../shared/log.ts";
import type { KeyStore } from "../../keys/public.ts";
import type { Bus } from "../../stream/public.ts";
import type { ToDeviceStore } from "../../to-device/public.ts";
import type { RemoteDeviceStore } from "./ports.ts";

/** What the devices of people of other servers, and this server's devices for others, stand on. */
export interface DevicesDependencies {
	readonly serverName: ServerName;
	readonly peers: PeerTransport;
	readonly verifier: SignatureVerifier;
	readonly remoteDevices: RemoteDeviceStore;
	readonly keyStore: KeyStore;
	readonly toDevice: ToDeviceStore;
	readonly bus: Bus;
	readonly streamPosition: () => Promise<number>;
	readonly clock: { now(): number };
	/** From 0 up to 1. */
	readonly random: () => number;
	readonly log: Log;
}
