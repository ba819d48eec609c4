import { keyId, serverName } from "../testing/identifiers.ts";
import { nobleSigner } from "../testing/noble-signer.ts";
import { describeSigner, describeVerifier } from "../testing/signature-contract.ts";
import { nobleVerifier } from "./noble-verifier.ts";

describeSigner("noble", (seed) => nobleSigner(seed, serverName("one.example"), keyId("ed25519:1")));
describeVerifier("noble", nobleVerifier);
