import type { CryptoCall, CryptoReply, EngineAccount } from "../../../../client/crypto/crypto-message.ts";
import type { LoadedRecord } from "../indexed-db/open-factory.ts";
import type { KeptChange } from "../indexed-db/record-keeper.ts";

/** The private halves of a person's identity, in unpadded base64. */
export interface IdentitySeeds {
	readonly master: string;
	readonly selfSigning: string;
	readonly userSigning: string;
}

/** What an engine's thread begins with. */
export interface EngineStart {
	readonly account: EngineAccount;
	/** Opens its store: 32 bytes. */
	readonly key: Uint8Array;
	/** Given: a new device takes this identity on. */
	readonly identity: IdentitySeeds | undefined;
	/** What was kept. */
	readonly records: readonly LoadedRecord[];
}

/** What the thread of an engine says. */
export type FromEngine =
	| { readonly kind: "reply"; readonly reply: CryptoReply }
	/** A call to the server, as a browser would make it. */
	| { readonly kind: "ask"; readonly id: number; readonly address: string; readonly body: string | undefined }
	| { readonly kind: "keep"; readonly id: number; readonly changes: readonly KeptChange[] }
	/** The identity that it made, or took on. */
	| { readonly kind: "identity"; readonly seeds: IdentitySeeds };

/** What it is told. */
export type ToEngine =
	| { readonly kind: "call"; readonly call: CryptoCall }
	/** Undefined: nobody answered. */
	| {
			readonly kind: "answer";
			readonly id: number;
			readonly answer: { readonly status: number; readonly body: string } | undefined;
	  }
	| { readonly kind: "kept"; readonly id: number; readonly isKept: boolean };
