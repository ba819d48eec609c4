/** What the asking sides of the membership handshakes share. */
import type { PeerAnswer, PeerTransport } from "../../ports/peer-transport.ts";
import type { ServerKeys } from "../../ports/server-keys.ts";
import type { SignatureVerifier } from "../../ports/signature-verifier.ts";
import type { Signer } from "../../ports/signer.ts";

/** What asking stands on. */
export interface AskingPorts {
	readonly transport: PeerTransport;
	readonly signer: Signer;
	readonly keys: ServerKeys;
	readonly verifier: SignatureVerifier;
}

/** Why a handshake came to nothing. */
export type HandshakeFailure =
	| Exclude<PeerAnswer, { readonly kind: "answered" }>
	/** The room is of a version that this library does not understand. */
	| { readonly kind: "versionNotSupported"; readonly version: string }
	/** What the server answered breaks a rule: nothing of it is used. `detail` is for logs. */
	| { readonly kind: "misbehaved"; readonly rule: string; readonly detail: string };

/** Makes the last of them. */
export const misbehaved = (rule: string, detail: string): HandshakeFailure => ({ kind: "misbehaved", rule, detail });
