import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import { nodeVerifier } from "./adapters/crypto-node/node-verifier.ts";
import type { ContainerOptions } from "./container-options.ts";
import { createFederation, type Federation, type FederationDependencies } from "./federation/public.ts";
import { kithVersion } from "./process/kith-version.ts";

/** Puts speaking with other servers on its adapters: the part of the container that is federation's. */
export const buildFederation = (
	{ environment }: ContainerOptions,
	{ media }: Pick<FederationDependencies, "media">,
): Federation =>
	createFederation({
		serverName: environment.serverName as ServerName,
		delegate: environment.federationDelegate,
		software: { name: "Kith", version: kithVersion() },
		keys: { find: async () => ({ keys: () => undefined, unreachable: new Set() }) },
		verifier: nodeVerifier,
		clock: Date,
		media,
	});
