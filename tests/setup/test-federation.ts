import pg from "pg";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { Signer } from "../../federation/ports/signer.ts";
import { nobleVerifier } from "../../federation/signing/noble-verifier.ts";
import { type TestKey, testSigner } from "../../federation/testing/noble-signer.ts";
import { closedSelfLook } from "../../src/server/adapters/peer-http/self-look.ts";
import { createFederation, type Federation, type FederationDependencies } from "../../src/server/federation/public.ts";
import { AppError } from "../../src/shared/app-error.ts";
import { readingOf } from "./test-answering.ts";
import { testRules } from "./test-rules.ts";

/** When everything happens that has a time. */
export const testNow = 1_700_000_000_000;

const nobodyElse: FederationDependencies["exchange"] = {
	receiveTransaction: () => Promise.reject(new Error("no transactions are taken in here")),
	acquainted: () => undefined,
	heardFrom: () => undefined,
	destinations: { list: async () => [], retryNow: async () => undefined },
	sweep: async () => undefined,
	start: () => undefined,
	stop: async () => undefined,
};

/** Port 1 is nobody's. */
const nowhere = new pg.Pool({ host: "127.0.0.1", port: 1 });

/** The server under test, which knows the keys of these peers; `parts` stand for what others do not look at. */
export const testFederation = (
	serverName: ServerName,
	peers: readonly (Signer & TestKey)[],
	parts: Partial<FederationDependencies> = {},
): Federation =>
	createFederation({
		serverName,
		isOn: true,
		delegate: "matrix.kith.example:443",
		software: { name: "Kith", version: "0" },
		keys: {
			find: async () => ({
				keys: (server, keyId) => {
					const peer = peers.find((each) => each.serverName === server && each.keyId === keyId);
					if (peer === undefined) return undefined;
					const { publicKey } = peer;
					return { kind: "current", publicKey, validUntilTs: testNow + 1_000, receivedTs: testNow };
				},
				unreachable: new Set(),
			}),
			ownDocument: () => ({}),
			documentOf: async () => undefined,
		},
		signer: testSigner(serverName),
		verifier: nobleVerifier,
		clock: { now: () => testNow },
		// Nobody asks for it here: what needs rooms is tested with a database.
		exchange: nobodyElse,
		membership: {} as Federation["membership"],
		paging: {} as Federation["paging"],
		selfLook: closedSelfLook,
		whoseOpenIdToken: async () => undefined,
		// Nobody is shut out.
		rules: { ...testRules(serverName, { pool: nowhere }), isAllowed: () => true },
		media: { readOwn: () => Promise.reject(new AppError("not-found")) },
		devices: { answering: {}, exchange: {} } as FederationDependencies["devices"],
		reading: readingOf({ pool: nowhere }),
		...parts,
	});
