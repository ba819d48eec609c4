import type { RoomVersionId } from "@federation/room-versions/room-version.ts";
import { disagreements } from "@federation/testing/convergence.ts";
import { runHistory, type SimulatedHistory } from "@federation/testing/simulated-history.ts";
import { createNodeVerifier } from "@/server/adapters/crypto-node/node-verifier.ts";
import { simulatedSigners } from "./simulated-signers.ts";

const signers = simulatedSigners(["one", "two", "three", "four"]);

/** A history over four servers, run to its end. */
export const simulate = (seed: number, versionId: RoomVersionId): Promise<SimulatedHistory> =>
	runHistory({ seed, versionId, signers, verifier: createNodeVerifier() });

/** What the servers of a finished history disagree on. */
export const disagreementsAmong = ({ servers }: SimulatedHistory): readonly string[] => {
	const [first, ...others] = servers;
	return first === undefined ? ["there are no servers"] : others.flatMap((other) => disagreements(first, other));
};
