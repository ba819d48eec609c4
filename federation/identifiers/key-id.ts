/**
 * Signing key identifiers: algorithm and version. Ed25519 is the only algorithm of server and device signatures.
 * Server keys use letters, digits and `_`; the versions of device and cross-signing keys are device ids and base64, hence
 * the wider set. Source: Matrix v1.19 appendices, "Signing Details"; Server-Server API, "Publishing Keys".
 */
import type { KeyId } from "./identifier-types.ts";

const ed25519KeyId = /^ed25519:[0-9A-Za-z_.=/+-]{1,247}$/;

/** Parses `ed25519:version`; `undefined` for other algorithms. */
export const parseKeyId = (text: string): KeyId | undefined => (ed25519KeyId.test(text) ? (text as KeyId) : undefined);
